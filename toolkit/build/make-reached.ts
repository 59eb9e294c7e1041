// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Host} from '../host/index.ts';
import type {Owner, Plan} from '../plan/index.ts';
import {archiveOwners} from './archives.ts';
import type {BuildPaths} from './build-paths.ts';
import {failedAction} from './failures.ts';
import type {Kept} from './kept.ts';
import {lookAround} from './look-around.ts';
import type {NinjaStep} from './ninja-output.ts';
import type {SeenObject} from './object-symbols.ts';
import type {Reached} from './reach.ts';

/** What one run of ninja makes: the image, or just what an image is chosen from. */
export type Goal = 'image' | 'objects';

export interface Making {
  readonly plan: Plan;
  readonly paths: BuildPaths;
  readonly kept: readonly Kept[];
  readonly make: (chosen: Reached, goal: Goal) => Promise<readonly NinjaStep[]>;
  readonly signal?: AbortSignal;
}

export interface Made {
  readonly failed: readonly NinjaStep[];
  readonly chosen: Reached;
  /** Of each owner that has members: what it promises and does not define, though somebody wants it or no file of its has the name. */
  readonly unmet: ReadonlyMap<Owner, ReadonlySet<string>>;
}

const nothing: Reached = {members: new Set(), candidates: new Set()};

/**
 * Makes the image with those members of its archives that it reaches. What an object wants is known when it is
 * compiled, and then more is wanted: so ninja runs until nothing is. A folder that has built before begins with the
 * members of that time.
 */
export async function makeReached(host: Host, making: Making): Promise<Made> {
  const {plan, make, signal} = making;
  if (!plan.actions.some((one) => one.kind === 'combine' && one.members !== undefined)) {
    return {failed: await make(nothing, 'image'), chosen: nothing, unmet: new Map()};
  }
  const before = await readState(host, making);
  const owners = archiveOwners(host, making);
  owners.catch(() => undefined); // it is awaited when ninja has run
  let [chosen, seen] = before === undefined ? [nothing, new Map<string, SeenObject>()] : [before.chosen, before.seen];
  let goal: Goal = before === undefined ? 'objects' : 'image';
  let whole: ReadonlySet<Owner> = before?.whole ?? new Set();
  for (;;) {
    const failed = await make(chosen, goal);
    const archives = await owners;
    const choosable = new Set(archives.map(({owner}) => owner));
    if (signal?.aborted === true || failed.some((step) => !mends(step, {...making, choosable}))) {
      return {failed, chosen, unmet: new Map(archives.map(({owner}) => [owner, new Set()]))};
    }
    const found = await lookAround(host, {...making, archives, chosen, seen, whole});
    seen = found.seen;
    const isMade = found.isMade && isWithin(found.reached.candidates, chosen.candidates);
    if (isMade && goal === 'image' && isEqual(found.reached.members, chosen.members)) {
      const short = archives.filter(({owner}) => found.short.has(owner) && !whole.has(owner));
      if (short.length === 0) {
        if (failed.length === 0) {
          const all = archives.flatMap(({owner, members}) => (whole.has(owner) ? members : []));
          const {members, candidates} = found.reached;
          await writeState(host, {...making, chosen: {members, candidates: union(candidates, all)}, seen, whole});
        }
        return {failed, chosen, unmet: found.unmet};
      }
      // By its sources nobody defines what is wanted: the compiler has the last word.
      whole = new Set([...whole, ...short.map(({owner}) => owner)]);
      chosen = {
        ...chosen,
        candidates: union(
          chosen.candidates,
          short.flatMap(({members}) => members),
        ),
      };
      goal = 'objects';
    } else {
      chosen = {...found.reached, candidates: union(chosen.candidates, found.reached.candidates)};
      goal = isMade ? 'image' : 'objects';
    }
  }
}

/** Whether another choice of members could mend a failure. */
function mends(
  step: NinjaStep,
  {choosable, ...context}: Pick<Making, 'plan' | 'paths'> & {choosable: ReadonlySet<Owner>},
): boolean {
  const action = failedAction(step, context);
  return action?.kind === 'link' || (action?.kind === 'combine' && choosable.has(action.owner));
}

interface State {
  readonly chosen: Reached;
  readonly seen: ReadonlyMap<string, SeenObject>;
  /** Owners of whom every member was made, since no source had a name that is wanted. */
  readonly whole: ReadonlySet<Owner>;
}

/** A state as it is written. */
interface Written {
  readonly members: readonly string[];
  readonly candidates: readonly string[];
  readonly seen: readonly (readonly [string, SeenObject])[];
  readonly whole: readonly Owner[];
}

const stateFile = 'reached.json';

async function readState(host: Host, {plan, paths}: Making): Promise<State | undefined> {
  const text = await host.readFile(join(paths.folder, stateFile));
  if (text === undefined) return undefined;
  const {members, candidates, seen, whole}: Written = JSON.parse(text);
  const all = new Set(plan.actions.flatMap((one) => (one.kind === 'combine' ? (one.members ?? []) : [])));
  const still = (outputs: readonly string[]): ReadonlySet<string> => new Set(outputs.filter((one) => all.has(one)));
  return {chosen: {members: still(members), candidates: still(candidates)}, seen: new Map(seen), whole: new Set(whole)};
}

async function writeState(host: Host, {paths, chosen, seen, whole}: Making & State): Promise<void> {
  const state: Written = {
    members: [...chosen.members],
    candidates: [...chosen.candidates],
    seen: [...seen],
    whole: [...whole],
  };
  await host.writeFileIfChanged(join(paths.folder, stateFile), JSON.stringify(state));
}

function union(one: Iterable<string>, other: Iterable<string>): ReadonlySet<string> {
  return new Set([...one, ...other]);
}

function isWithin(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every((each) => other.has(each));
}

function isEqual(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && isWithin(one, other);
}
