// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';
import {argue} from './argue.ts';
import type {Patience} from './optimise.ts';
import type {Fact, Problem} from './problem.ts';
import {origin} from './read-off.ts';
import type {Limit, Literal, OpenSat} from './sat.ts';
import {openSearch, type Search} from './search.ts';
import {sentence} from './sentence.ts';
import type {Conflict} from './solution.ts';
import {inTurns, type Steps} from './steps.ts';

/** Facts that clash, of which none can be spared, in the order of an argument. See docs/solver.md#explanations. */
export async function explain(
  problem: Problem,
  openSat: OpenSat,
  patience: Patience = {},
): Promise<Conflict | undefined> {
  const facts = await clashingFacts(problem, openSat, patience);
  if (facts === undefined) return undefined;
  return {
    kind: 'conflict',
    platform: problem.platform,
    arch: problem.arch,
    facts: argue(problem, facts).map((fact) => ({text: sentence(problem, fact), at: fact.at, ...origin(fact)})),
  };
}

/** A minimal set of facts that cannot all hold; undefined where there was no time to find one. */
export async function clashingFacts(
  problem: Problem,
  openSat: OpenSat,
  {limit = {}, pause}: Patience = {},
): Promise<readonly Fact[] | undefined> {
  const search = await openSearch(problem, openSat, 'every fact');
  try {
    // First whole manifests, which are few, then the facts within those that matter.
    const groups = groupsOf(problem, search);
    const coarse = await inTurns(minimalCore(search, [...groups.keys()], limit), pause);
    if (coarse === undefined) return undefined;
    const fine = coarse.flatMap((literal) => groups.get(literal) ?? []);
    const literals = new Map(fine.map((fact) => [search.encoding.holds(fact), fact]));
    const core = await inTurns(minimalCore(search, [...literals.keys()], limit), pause);
    return core?.flatMap((literal) => literals.get(literal) ?? []);
  } finally {
    search.sat.dispose();
  }
}

/** A literal for each user's fact, each lib's manifests and each interface's: all their facts hold. */
function groupsOf(problem: Problem, {encoding}: Search): ReadonlyMap<Literal, readonly Fact[]> {
  const manifests = new Map<LibName, Fact[]>();
  const groups = new Map<Literal, readonly Fact[]>();
  for (const fact of problem.facts) {
    if (!('versions' in fact)) groups.set(encoding.holds(fact), [fact]);
    else manifests.set(fact.lib, [...(manifests.get(fact.lib) ?? []), fact]);
  }
  for (const facts of manifests.values()) {
    const literal = encoding.clauses.newVariable();
    for (const fact of facts) encoding.clauses.add([-literal, encoding.holds(fact)]);
    groups.set(literal, facts);
  }
  return groups;
}

/** Leaves out one assumption after another while what is left still clashes. */
function* minimalCore(
  search: Search,
  assumptions: readonly Literal[],
  limit: Limit,
): Steps<readonly Literal[] | undefined> {
  const outcome = yield* search.solve(assumptions, limit);
  if (outcome === 'unknown') return undefined;
  if (outcome === 'satisfiable') throw new Error('Internal error: facts do not clash after all');
  let core = search.sat.core();
  // A second go often halves it for free.
  for (let size = Infinity; core.length < size && core.length > 0; ) {
    size = core.length;
    if ((yield* search.solve([...core].reverse(), limit)) === 'unsatisfiable') core = search.sat.core();
  }
  const needed = new Set<Literal>();
  for (
    let next = core.find((literal) => !needed.has(literal));
    next !== undefined;
    next = core.find((literal) => !needed.has(literal))
  ) {
    const literal = next;
    const without = yield* search.solve(
      core.filter((other) => other !== literal),
      limit,
    );
    if (without === 'unknown') return undefined;
    if (without === 'unsatisfiable') core = search.sat.core();
    else needed.add(literal);
  }
  return core;
}
