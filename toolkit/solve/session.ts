// SPDX-License-Identifier: BSD-3-Clause

import {type LibName, versionRange} from '../base/index.ts';
import {openCadical} from './cadical.ts';
import type {Patience} from './optimise.ts';
import {pose, type Question} from './pose.ts';
import {isUserFact, type Problem, type UserFact} from './problem.ts';
import type {Limit, Literal, OpenSat} from './sat.ts';
import {openSearch} from './search.ts';
import {atOnce, inTurns, type Steps} from './steps.ts';

/** What somebody has decided about a lib for now. */
export type Pick = 'in' | 'out' | 'either';

/** What picks leave open. */
export type Standing =
  /** Libs that are now in, or out, whatever else is picked; all of them, unless it was stopped. */
  | {readonly kind: 'standing'; readonly forced: ReadonlyMap<LibName, 'in' | 'out'>; readonly complete: boolean}
  /** These picks clash; with none the Kraftfile itself has no answer. */
  | {readonly kind: 'clash'; readonly picks: readonly LibName[]};

/** A question that stays open while somebody tries things out. See docs/solver.md#trying-things-out. */
export interface Session {
  pick(lib: LibName, pick: Pick, limit?: Limit): Standing;
  /** As `pick`, with time for others whenever the limit asks for a rest. One at a time. */
  pickInTurns(lib: LibName, pick: Pick, patience: Patience): Promise<Standing>;
  dispose(): void;
}

/** Opens a session about these libs: the ones that somebody sees and may switch on and off. */
export async function openSession(
  question: Question,
  visible: readonly LibName[],
  openSat: OpenSat = openCadical,
): Promise<Session> {
  const {problem, wishes: facts} = withOffers(question, visible);
  const search = await openSearch(problem, openSat, 'wishes');
  const {words, holds} = search.encoding;
  const literals = new Map(visible.map((name) => [name, words.lib(name)]));
  const wishes = facts.map(holds);
  const picks = new Map<LibName, Literal>();
  let witnesses: ReadonlySet<Literal>[] = [];
  /** What does not go together, and the picks that made it so: with these, it still does not. */
  let clashes: {readonly wanted: readonly Literal[]; readonly because: readonly Literal[]}[] = [];

  /** What the solver holds just now, as the literals that are true of what is visible. */
  const witness = (): ReadonlySet<Literal> =>
    new Set([...literals.values()].map((literal) => (search.sat.value(literal) ? literal : -literal)));

  /** Of some literals, those that cannot be true any more; or the picks that clash by themselves. */
  function* impossible(wanted: readonly Literal[], limit: Limit): Steps<Outcome> {
    const base = [...wishes, ...picks.values()];
    const held = new Set(picks.values());
    const known = clashes.filter(({because}) => because.every((pick) => held.has(pick)));
    const never = new Set(known.flatMap((clash) => (clash.wanted.length === 1 ? clash.wanted : [])));
    const isOpen = (literal: Literal): boolean => !never.has(literal) && !witnesses.some((one) => one.has(literal));
    for (let waiting = wanted.filter(isOpen); waiting.length > 0 || witnesses.length === 0; ) {
      const batch = new Set(waiting);
      for (const clash of known) spare(batch, clash.wanted);
      for (;;) {
        const outcome = yield* search.solve([...base, ...batch], limit);
        if (outcome === 'unknown') return {kind: 'stopped'};
        if (outcome === 'satisfiable') break;
        const core = search.sat.core();
        const because = core.filter((literal) => held.has(literal));
        const clash = {wanted: core.filter((literal) => batch.has(literal)), because};
        const [first] = clash.wanted;
        if (first === undefined) return {kind: 'clash', picks: because};
        clashes.push(clash);
        known.push(clash);
        if (clash.wanted.length > 1) spare(batch, clash.wanted);
        else {
          never.add(first);
          batch.delete(first);
        }
      }
      witnesses.push(witness());
      waiting = waiting.filter(isOpen);
    }
    clashes = clashes.slice(-mostClashes);
    return {kind: 'never', literals: never};
  }

  function* steps(lib: LibName, pick: Pick, limit: Limit): Steps<Standing> {
    const literal = literals.get(lib);
    if (literal === undefined) throw new Error(`Internal error: ${lib} is not visible`);
    if (pick === 'either') picks.delete(lib);
    else picks.set(lib, pick === 'in' ? literal : -literal);
    const held = [...picks.values()];
    witnesses = witnesses.filter((one) => held.every((each) => one.has(each))).slice(-mostWitnesses);
    const forced = new Map<LibName, 'in' | 'out'>();
    for (const side of ['in', 'out'] as const) {
      const sign = side === 'in' ? -1 : 1;
      const found = yield* impossible(
        [...literals.values()].map((each) => sign * each),
        limit,
      );
      if (found.kind === 'stopped') return {kind: 'standing', forced, complete: false};
      if (found.kind === 'clash') {
        const core = new Set(found.picks);
        return {kind: 'clash', picks: [...picks].filter(([, each]) => core.has(each)).map(([name]) => name)};
      }
      for (const [name, each] of literals) if (found.literals.has(sign * each)) forced.set(name, side);
    }
    return {kind: 'standing', forced, complete: true};
  }

  return {
    pick: (lib, pick, limit = {}) => atOnce(steps(lib, pick, limit)),
    pickInTurns: (lib, pick, {limit = {}, pause}) => inTurns(steps(lib, pick, limit), pause),
    dispose() {
      search.sat.dispose();
    },
  };
}

const mostWitnesses = 64;
const mostClashes = 2000;

type Outcome =
  | {readonly kind: 'never'; readonly literals: ReadonlySet<Literal>}
  | {readonly kind: 'clash'; readonly picks: readonly Literal[]}
  | {readonly kind: 'stopped'};

/** Of what does not go together one stays, so that each round settles something. */
function spare(batch: Set<Literal>, clash: readonly Literal[]): void {
  if (clash.length > 1 && clash.every((literal) => batch.has(literal)))
    for (const literal of clash.slice(1)) batch.delete(literal);
}

/** The problem in which each of the libs may be asked for, and what of it is not only an offer. */
function withOffers(
  question: Question,
  visible: readonly LibName[],
): {readonly problem: Problem; readonly wishes: readonly UserFact[]} {
  const at = question.target.at;
  const {spec} = question;
  const added = visible.map((name) => ({name, version: versionRange('*'), options: [], at: {...at}}));
  const problem = pose({...question, spec: {...spec, libraries: [...spec.libraries, ...added]}});
  const places = new Set(added.map((request) => request.at));
  return {problem, wishes: problem.facts.filter(isUserFact).filter((fact) => !places.has(fact.at))};
}
