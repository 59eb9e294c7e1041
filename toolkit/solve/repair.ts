// SPDX-License-Identifier: BSD-3-Clause

import {type LibName, type Location, listing, printSize, unreachable, versionRange} from '../base/index.ts';
import type {OptionValue} from '../catalog/index.ts';
import type {Budgeted} from '../spec/index.ts';
import {openCadical} from './cadical.ts';
import {minimise} from './minimise.ts';
import {pose, type Question} from './pose.ts';
import {type Fact, isSoft, isUserFact, type Problem, type Soft, type UserFact} from './problem.ts';
import type {Literal, OpenSat} from './sat.ts';
import {openSearch, type Search} from './search.ts';
import type {Solution} from './solution.ts';
import {solveProblem} from './solve-problem.ts';
import {atOnce} from './steps.ts';
import {openTotalizer} from './totalizer.ts';

/** One thing to change in the Kraftfile. */
export type Change =
  /** `remove` what stands at `at`; or `relax` it: any version will do. The name is of a lib, an interface, or `lib option`. */
  | {readonly kind: 'remove' | 'relax'; readonly what: UserFact['kind']; readonly at: Location; readonly name: string}
  /** Allow more. */
  | {readonly kind: 'raise'; readonly what: 'budget'; readonly of: Budgeted; readonly most: number}
  /** Set an option that has its default. */
  | {
      readonly kind: 'set';
      readonly what: 'defaults';
      readonly lib: LibName;
      readonly option: string;
      readonly value: OptionValue;
    };

/** Changes after which there is an answer, and that answer. See docs/solver.md#repairs. */
export interface Repair {
  /** A sentence that says what to do, and what then comes of it. */
  readonly text: string;
  readonly changes: readonly Change[];
  readonly solution: Solution;
}

/** The smallest sets of changes to the Kraftfile that make it solvable: at most five, best first. */
export async function repair(question: Question): Promise<readonly Repair[]> {
  return repairProblem(pose(question), {openSat: openCadical, most: 5});
}

/** As `repair`, for a problem already posed. */
export async function repairProblem(
  problem: Problem,
  means: {readonly openSat: OpenSat; readonly most: number},
): Promise<readonly Repair[]> {
  const {openSat, most} = means;
  const sets = await correctionSets(problem, means);
  const found: Repair[] = [];
  for (const facts of sets) {
    if (found.length === most) break;
    const one = await tryRepair(problem, facts, openSat);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Minimal sets of what the Kraftfile can change, without which the rest can hold: smallest first, then the least drastic. */
export async function correctionSets(
  problem: Problem,
  {openSat, most}: {readonly openSat: OpenSat; readonly most: number},
): Promise<readonly (readonly Soft[])[]> {
  const search = await openSearch(problem, openSat, 'what can change');
  try {
    const {encoding} = search;
    const soft = problem.facts.filter(isSoft);
    const sum = openTotalizer(
      encoding.clauses,
      soft.map((fact) => -encoding.holds(fact)),
    );
    const sets: (readonly Soft[])[] = [];
    for (let size = 1; size <= Math.min(soft.length, 6) && sets.length < most; size++) {
      const atMost = size < soft.length ? [-sum.atLeast(size + 1)] : [];
      const ofSize = enumerate(search, soft, atMost);
      // Of equally drastic ones, those about what is written first: the solver finds them in any order.
      const place = (facts: readonly Soft[]): number => Math.min(...facts.map((fact) => soft.indexOf(fact)));
      sets.push(...[...ofSize].sort((a, b) => drasticness(a) - drasticness(b) || place(a) - place(b)));
    }
    return sets;
  } finally {
    search.sat.dispose();
  }
}

const enough = 40;

function enumerate(
  {sat, encoding, solve}: Search,
  soft: readonly Soft[],
  assumptions: readonly Literal[],
): readonly (readonly Soft[])[] {
  const sets: (readonly Soft[])[] = [];
  while (sets.length < enough && atOnce(solve(assumptions)) === 'satisfiable') {
    const dropped = soft.filter((fact) => !sat.value(encoding.holds(fact)));
    if (dropped.length === 0) throw new Error('Internal error: nothing to repair');
    sets.push(dropped);
    // No other repair may contain this one.
    encoding.clauses.add(dropped.map((fact) => encoding.holds(fact)));
  }
  return sets;
}

function drasticness(facts: readonly Soft[]): number {
  const rank = {
    sets: 1,
    defaults: 2,
    chooses: 3,
    budget: 3.5,
    'wants-lib': 4,
    'wants-interface': 5,
    'target-platform': 8,
    'target-arch': 9,
  };
  return facts.reduce((sum, fact) => sum + rank[fact.kind] - ('range' in fact && fact.range !== '*' ? 1 : 0), 0);
}

/** Prefers to ask for any version of something over not asking for it at all. */
async function tryRepair(problem: Problem, dropped: readonly Soft[], openSat: OpenSat): Promise<Repair | undefined> {
  const raised = await raisedBudgets(problem, dropped, openSat);
  if (raised === undefined) return undefined;
  for (const instead of replacements(dropped, raised)) {
    const facts = problem.facts.flatMap((fact): readonly Fact[] => {
      if (isUserFact(fact) && dropped.includes(fact)) return instead.get(fact) ?? [];
      return fact.kind === 'defaults' ? [...(instead.get(fact) ?? []), fact] : [fact];
    });
    const answer = await solveProblem({...problem, facts}, {openSat});
    if (answer.kind !== 'solution') continue;
    const elsewhere = dropped.some((fact) => fact.kind === 'target-platform' || fact.kind === 'target-arch');
    const solution = elsewhere ? withOtherTarget(problem, answer) : answer;
    if (solution === undefined) continue;
    const changes = dropped.map((fact) => changeOf(fact, instead.get(fact)?.[0]));
    const text = listing(dropped.map((fact, index) => step(fact, changes[index], solution)));
    return {text: `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`, changes, solution};
  }
  return undefined;
}

/** Budgets among the facts that are dropped, as much larger as they must be; undefined where nothing helps. */
async function raisedBudgets(
  problem: Problem,
  dropped: readonly Soft[],
  openSat: OpenSat,
): Promise<ReadonlyMap<Soft, UserFact> | undefined> {
  const budgets = dropped.filter((fact) => fact.kind === 'budget');
  const raised = new Map<Soft, UserFact>();
  if (budgets.length === 0) return raised;
  const facts = problem.facts.filter((fact) => !isSoft(fact) || !dropped.includes(fact));
  const search = await openSearch({...problem, facts}, openSat, 'wishes');
  try {
    const {words, clauses, holds} = search.encoding;
    const wishes = facts.filter(isUserFact).map(holds);
    if (atOnce(search.solve(wishes)) !== 'satisfiable') return undefined;
    for (const wish of wishes) clauses.add([wish]);
    for (const budget of budgets) {
      const costs = problem.facts.flatMap((fact) =>
        fact.kind === 'weighs' && fact.of === budget.of
          ? [{literal: words.version(fact.versions), weight: fact.figure}]
          : [],
      );
      const {lower} = atOnce(minimise(search, costs, {limit: {}, onAnswer: () => undefined}));
      raised.set(budget, {...budget, most: lower > kibibyte ? Math.ceil(lower / kibibyte) * kibibyte : lower});
    }
    return raised;
  } finally {
    search.sat.dispose();
  }
}

const kibibyte = 1024;

/** What may stand in the place of each fact, the mildest first. */
function replacements(
  dropped: readonly Soft[],
  raised: ReadonlyMap<Soft, UserFact>,
): readonly ReadonlyMap<Soft, readonly UserFact[]>[] {
  let ways: ReadonlyMap<Soft, readonly UserFact[]>[] = [new Map()];
  for (const fact of dropped) {
    const more = raised.get(fact);
    const each = more === undefined ? replacementsOf(fact) : [[more]];
    ways = ways.flatMap((way) => each.map((facts) => new Map([...way, [fact, facts]]))).slice(0, 8);
  }
  return ways;
}

function replacementsOf(fact: Soft): readonly (readonly UserFact[])[] {
  if (fact.kind === 'defaults') {
    const {option, lib, at} = fact;
    const values =
      option.type === 'boolean'
        ? [!option.default]
        : option.type === 'enumeration'
          ? option.values.filter((value) => value !== option.default)
          : [];
    return values.map((value) => [{kind: 'sets', lib, option: option.name, value, at}]);
  }
  return 'range' in fact && fact.range !== '*' ? [[{...fact, range: versionRange('*')}], []] : [[]];
}

function changeOf(fact: Soft, instead: UserFact | undefined): Change {
  if (fact.kind === 'defaults')
    return {
      kind: 'set',
      what: 'defaults',
      lib: fact.lib,
      option: fact.option.name,
      value: instead?.kind === 'sets' ? instead.value : fact.option.default,
    };
  if (instead?.kind === 'budget') return {kind: 'raise', what: 'budget', of: instead.of, most: instead.most};
  return {kind: instead === undefined ? 'remove' : 'relax', what: fact.kind, at: fact.at, name: nameOf(fact)};
}

/** Another platform or arch must be one that the answer has. */
function withOtherTarget(problem: Problem, answer: Solution): Solution | undefined {
  const of = (kind: 'platform' | 'arch'): LibName | undefined =>
    answer.libs.find((lib) =>
      problem.candidates.some((candidate) => candidate.name === lib.name && candidate.kind === kind),
    )?.name;
  const platform = of('platform');
  const arch = of('arch');
  return platform === undefined || arch === undefined ? undefined : {...answer, platform, arch};
}

function step(fact: Soft, change: Change | undefined, solution: Solution): string {
  const relaxed = change?.kind === 'relax';
  const chosen = (name: LibName) => solution.libs.find((lib) => lib.name === name);
  switch (fact.kind) {
    case 'target-platform':
      return `build for the platform ${solution.platform} instead of ${fact.lib}`;
    case 'target-arch':
      return `build for the arch ${solution.arch} instead of ${fact.lib}`;
    case 'wants-lib':
      return relaxed
        ? `take ${fact.lib} ${chosen(fact.lib)?.version ?? ''} instead of ${fact.range}`
        : `do without ${fact.lib}`;
    case 'wants-interface':
      return relaxed
        ? `let the app take any version of ${fact.interface} instead of ${fact.range}`
        : `do without ${fact.interface} in the app`;
    case 'chooses': {
      const others = solution.providers.get(fact.interface) ?? [];
      return others.length === 0
        ? `do not choose ${fact.lib} for ${fact.interface}`
        : `choose ${listing(others)} for ${fact.interface} instead of ${fact.lib}`;
    }
    case 'sets': {
      const value = chosen(fact.lib)?.options[fact.option];
      return value === undefined
        ? `do not set ${fact.option} of ${fact.lib}`
        : `leave ${fact.option} of ${fact.lib} at ${String(value)}`;
    }
    case 'budget':
      return `raise the budget for ${fact.of} to ${change?.kind === 'raise' ? printSize(change.most) : ''}`;
    case 'defaults':
      return `set ${fact.option.name} of ${fact.lib} to ${change?.kind === 'set' ? String(change.value) : ''}`;
    default:
      return unreachable(fact);
  }
}

function nameOf(fact: UserFact): string {
  if (fact.kind === 'sets') return `${fact.lib} ${fact.option}`;
  if (fact.kind === 'budget') return fact.of;
  return fact.kind === 'wants-interface' || fact.kind === 'chooses' ? fact.interface : fact.lib;
}
