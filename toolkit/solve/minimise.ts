// SPDX-License-Identifier: BSD-3-Clause

import type {Limit, Literal} from './sat.ts';
import type {Search} from './search.ts';
import type {Steps} from './steps.ts';
import {openTotalizer, type Totalizer} from './totalizer.ts';

/** A literal that costs `weight` where it holds. Weights are positive whole numbers. */
export interface Cost {
  readonly literal: Literal;
  readonly weight: number;
}

/** What a sum of costs is known to lie between; equal when the optimum is proven. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** How to search: when to stop, and what to do with each answer on the way. */
export interface Course {
  readonly limit: Limit;
  readonly onAnswer: () => void;
}

/**
 * The least sum of costs, and from then on only answers that have it. Core-guided (OLL): assume that nothing costs
 * anything; each time that this clashes, the clash costs at least its cheapest part, and is replaced by the
 * assumption that it costs no more than that. See docs/solver.md#optimising.
 */
export function* minimise(search: Search, costs: readonly Cost[], course: Course): Steps<Bounds> {
  const {sat, encoding} = search;
  const {clauses} = encoding;
  const weights = new Map<Literal, number>();
  for (const {literal, weight} of costs) {
    if (weight > 0) weights.set(-literal, (weights.get(-literal) ?? 0) + weight);
  }
  if (weights.size === 0) return {lower: 0, upper: 0};
  const sums = new Map<Literal, {readonly sum: Totalizer; readonly count: number}>();
  let lower = 0;
  let upper = Infinity;
  let threshold = Math.max(0, ...weights.values());

  const answer = (): void => {
    upper = Math.min(
      upper,
      costs.reduce((total, {literal, weight}) => (weight > 0 && sat.value(literal) ? total + weight : total), 0),
    );
    course.onAnswer();
  };
  const assume = (literal: Literal, weight: number): void => {
    weights.set(literal, (weights.get(literal) ?? 0) + weight);
  };
  /** One more than the cheapest part of these must cost. */
  const relax = (core: readonly Literal[]): void => {
    const least = Math.min(...core.map((literal) => weights.get(literal) ?? 0));
    lower += least;
    for (const literal of core) {
      const left = (weights.get(literal) ?? 0) - least;
      if (left === 0) weights.delete(literal);
      else weights.set(literal, left);
      const counted = sums.get(literal);
      if (counted !== undefined && counted.count < counted.sum.size) {
        const next = -counted.sum.atLeast(counted.count + 1);
        sums.set(next, {sum: counted.sum, count: counted.count + 1});
        assume(next, least);
      }
    }
    clauses.add(core.map((literal) => -literal));
    if (core.length === 1) return;
    const sum = openTotalizer(
      clauses,
      core.map((literal) => -literal),
    );
    sum.atLeast(1);
    const next = -sum.atLeast(2);
    sums.set(next, {sum, count: 2});
    assume(next, least);
  };

  for (;;) {
    const assumptions = [...weights].filter(([, weight]) => weight >= threshold).map(([literal]) => literal);
    const cores: (readonly Literal[])[] = [];
    let left = assumptions;
    let outcome = yield* search.solve(left, course.limit);
    while (outcome === 'unsatisfiable') {
      const core = shrink(search, sat.core());
      if (core.length === 0) throw new Error('Internal error: no answer where there was one');
      cores.push(core);
      const spent = new Set(core);
      left = left.filter((literal) => !spent.has(literal));
      outcome = yield* search.solve(left, course.limit);
    }
    if (outcome === 'satisfiable') answer();
    for (const core of cores) relax(core);
    if (outcome === 'unknown') return {lower, upper};
    if (cores.length > 0 && lower < upper) continue;
    const below = Math.max(0, ...[...weights.values()].filter((weight) => weight < threshold));
    if (lower === upper || below === 0) break;
    threshold = below;
  }
  // What is still assumed costs nothing in any optimal answer.
  for (const literal of weights.keys()) clauses.add([literal]);
  return {lower, upper: lower};
}

const smallCore = 40;

const enoughNeeded = 5;

/** Leaves out of a core what is easily seen not to be needed; not if everything seems to be, as that takes long to see. */
function shrink(search: Search, core: readonly Literal[]): readonly Literal[] {
  if (core.length < 2 || core.length > smallCore) return core;
  let kept = core;
  let needed = 0;
  for (const literal of core) {
    if (!kept.includes(literal)) continue;
    if (needed === enoughNeeded) break;
    const without = kept.filter((other) => other !== literal);
    if (search.sat.solve(without, {conflicts: 200}) === 'unsatisfiable') kept = search.sat.core();
    else needed += 1;
  }
  return kept;
}
