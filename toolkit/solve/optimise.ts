// SPDX-License-Identifier: BSD-3-Clause

import type {Founded, Selection} from './founded.ts';
import {minimise} from './minimise.ts';
import {type Level, levelsOf} from './objective.ts';
import {isUserFact, type UserFact} from './problem.ts';
import type {Limit, Literal} from './sat.ts';
import type {Outcome, Search} from './search.ts';
import type {LevelCost} from './solution.ts';
import type {Steps} from './steps.ts';

/** The best answer found, and what it costs. */
export interface Best {
  readonly selection: Selection;
  readonly founded: Founded;
  readonly costs: readonly LevelCost[];
  /** There is no better one. */
  readonly proven: boolean;
}

/** How long to search, and whom to tell of each better answer. */
export interface Patience {
  readonly limit?: Limit;
  readonly onBetter?: (costs: readonly LevelCost[]) => void;
  /** What is done whenever the search rests. */
  readonly pause?: () => Promise<void>;
}

/**
 * The best of all answers; what of the user's facts clashes, where there is none; undefined where there was no time
 * to find either. See docs/solver.md#optimising.
 */
export function* optimise(
  search: Search,
  {limit = {}, onBetter}: Patience,
): Steps<Best | readonly UserFact[] | undefined> {
  const {problem, encoding, sat} = search;
  const wishes = new Map(problem.facts.filter(isUserFact).map((fact) => [encoding.holds(fact), fact]));
  const outcome = yield* search.solve([...wishes.keys()], limit);
  if (outcome === 'unknown') return undefined;
  if (outcome === 'unsatisfiable') return sat.core().flatMap((literal) => wishes.get(literal) ?? []);
  return yield* bestOf(search, [...wishes.keys()], {limit, onBetter: onBetter ?? (() => undefined)});
}

function* bestOf(
  search: Search,
  wishes: readonly Literal[],
  {limit, onBetter}: Required<Omit<Patience, 'pause'>>,
): Steps<Best> {
  const levels = levelsOf(search.problem);
  let best = snapshot(search, levels);
  onBetter(best.costs);
  for (const wish of wishes) search.encoding.clauses.add([wish]);
  const onAnswer = (): void => {
    if (limit.stop === undefined) return; // nobody will ask for less than the best
    const found = snapshot(search, levels);
    if (!isBetter(found.costs, best.costs)) return;
    best = found;
    onBetter(best.costs);
  };
  const least: number[] = [];
  for (const level of levels) {
    const costs = [...level.costs].map(([lib, weight]) => ({literal: search.encoding.words.version([lib]), weight}));
    const bounds = yield* minimise(search, costs, {limit, onAnswer});
    least.push(bounds.lower);
    if (bounds.lower < bounds.upper)
      return {...best, costs: best.costs.map((cost, index) => ({...cost, least: least[index] ?? 0}))};
  }
  const proven = yield* breakTies(search, limit);
  if (proven) best = snapshot(search, levels);
  return {...best, proven, costs: best.costs.map((cost, index) => ({...cost, least: least[index] ?? 0}))};
}

function snapshot(search: Search, levels: readonly Level[]): Best {
  const selection = search.selection();
  const founded = search.founded();
  return {selection, founded, costs: levelCosts(levels, founded), proven: false};
}

/** What an answer costs, level by level; the least is not known yet. */
export function levelCosts(levels: readonly Level[], founded: Founded): readonly LevelCost[] {
  return levels.map((level) => {
    const cost = [...founded.libs.values()].reduce((sum, {lib}) => sum + (level.costs.get(lib) ?? 0), 0);
    return {name: level.name, cost, least: 0};
  });
}

function isBetter(a: readonly LevelCost[], b: readonly LevelCost[]): boolean {
  const difference = a.map(({cost}, index) => cost - (b[index]?.cost ?? 0)).find((delta) => delta !== 0);
  return difference !== undefined && difference < 0;
}

/** The sixth level: of answers that cost the same, the one that names decide on. False when stopped. */
function* breakTies(search: Search, limit: Limit): Steps<boolean> {
  const {problem, encoding} = search;
  const {words} = encoding;
  const byName = problem.candidates;
  const versions = byName
    .filter((candidate) => candidate.versions.length > 1)
    .flatMap((candidate) =>
      candidate.versions
        .slice(1)
        .map((lib) => words.version([lib]))
        .reverse(),
    );
  const values = byName.flatMap((candidate) =>
    [...words.decided(candidate.name)].sort().flatMap((option) => {
      const byDefault = new Set(
        candidate.versions.flatMap((lib) => lib.options.filter((one) => one.name === option).map((one) => one.default)),
      );
      return [...words.valuesOf(candidate.name, option)]
        .filter(([value]) => !byDefault.has(value))
        .map(([, literal]) => literal);
    }),
  );
  return (
    (yield* search.solve([], limit)) === 'satisfiable' &&
    (yield* avoidInTurn(search, byName.map((candidate) => words.lib(candidate.name)).reverse(), limit)) &&
    (yield* avoidInTurn(search, versions, limit)) &&
    (yield* avoidInTurn(search, values, limit))
  );
}

/**
 * Makes each literal false where that is still possible, the first before all others. The solver holds such an answer
 * afterwards. Most often none of the next ones can be, so they are asked about together: in twos, fours, eights.
 */
function* avoidInTurn(search: Search, literals: readonly Literal[], limit: Limit): Steps<boolean> {
  const {clauses} = search.encoding;
  const held = (): ReadonlySet<Literal> => new Set(literals.filter((literal) => search.sat.value(literal)));
  let holding = held();
  let stride = 1;
  for (let next = 0; next < literals.length; ) {
    const first = literals[next] ?? 0;
    if (!holding.has(first)) {
      clauses.add([-first]);
      next += 1;
      continue;
    }
    const end = endOfStride(literals, {holding, next, stride});
    const part = literals.slice(next, end);
    const asked = part.filter((literal) => holding.has(literal));
    const outcome = yield* solveWithoutOneOf(search, asked, limit);
    if (outcome === 'unknown') return false;
    if (outcome === 'satisfiable') holding = held();
    if (outcome === 'satisfiable' && stride > 1) {
      stride = Math.ceil(stride / 2);
      continue; // one of them, but which must be found out
    }
    for (const literal of part) clauses.add([holding.has(literal) ? literal : -literal]);
    next = end;
    stride *= 2;
  }
  return (yield* search.solve([], limit)) === 'satisfiable';
}

/** Where the literals end of which `stride` are held now. */
function endOfStride(
  literals: readonly Literal[],
  {holding, next, stride}: {readonly holding: ReadonlySet<Literal>; readonly next: number; readonly stride: number},
): number {
  let end = next;
  for (let count = 0; end < literals.length && count < stride; end++) {
    if (holding.has(literals[end] ?? 0)) count += 1;
  }
  return end;
}

function solveWithoutOneOf({solve, encoding}: Search, literals: readonly Literal[], limit: Limit): Steps<Outcome> {
  const [only] = literals;
  if (literals.length === 1 && only !== undefined) return solve([-only], limit);
  const asked = encoding.clauses.newVariable();
  encoding.clauses.add([-asked, ...literals.map((literal) => -literal)]);
  return solve([asked], limit);
}
