// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import type {Goal} from '../spec/index.ts';
import {figureOf} from './figure.ts';
import type {Problem} from './problem.ts';

/** One level of the objective: what each version costs for being in. See docs/solver.md#the-objective. */
export interface Level {
  readonly name: 'keep' | 'prefer' | Goal | 'recommended' | 'newest';
  readonly costs: ReadonlyMap<Lib, number>;
}

/** The levels that are sums, most important first. What they leave open, names decide. */
export function levelsOf(problem: Problem): readonly Level[] {
  return [
    {name: 'keep', costs: keepCosts(problem)},
    {name: 'prefer', costs: preferCosts(problem)},
    ...problem.minimize.map((goal): Level => ({name: goal, costs: figureCosts(problem, goal)})),
    {name: 'recommended', costs: recommendedCosts(problem)},
    {name: 'newest', costs: newestCosts(problem)},
  ];
}

function keepCosts({candidates, kept}: Problem): Level['costs'] {
  const costs = costTable();
  if (kept.versions.size + kept.providers.size === 0) return costs.table;
  for (const candidate of candidates) {
    const version = kept.versions.get(candidate.name);
    for (const lib of candidate.versions) {
      if (version !== undefined && version !== lib.version) costs.add(lib, 1);
      for (const provided of lib.provides) {
        const names = kept.providers.get(provided.interface);
        if (names !== undefined && !names.includes(lib.name)) costs.add(lib, 1);
      }
    }
  }
  return costs.table;
}

function preferCosts(problem: Problem): Level['costs'] {
  const costs = costTable();
  if (problem.prefer.length === 0) return costs.table;
  for (const providers of providersOf(problem)) {
    const preferred = problem.prefer.filter((lib) => providers.some((provider) => provider.name === lib));
    if (preferred.length === 0) continue;
    for (const lib of providers) {
      const place = preferred.indexOf(lib.name);
      costs.add(lib, place === -1 ? preferred.length : place);
    }
  }
  return costs.table;
}

function figureCosts({candidates}: Problem, goal: Goal): Level['costs'] {
  const costs = costTable();
  const all = candidates.flatMap((candidate) => candidate.versions);
  const figures = all.map((lib) => figureOf(lib, goal));
  const unknown = figures.reduce<number>((largest, figure) => Math.max(largest, (figure ?? -1) + 1), 0);
  all.forEach((lib, index) => {
    costs.add(lib, Math.max(0, Math.round(figures[index] ?? unknown)));
  });
  return costs.table;
}

function recommendedCosts(problem: Problem): Level['costs'] {
  const costs = costTable();
  if (!problem.candidates.some(({versions}) => versions.some((lib) => lib.recommended === true))) return costs.table;
  for (const providers of providersOf(problem)) {
    if (!providers.some((lib) => lib.recommended === true)) continue;
    for (const lib of providers) if (lib.recommended !== true) costs.add(lib, 1);
  }
  return costs.table;
}

function newestCosts({candidates}: Problem): Level['costs'] {
  const costs = costTable();
  for (const candidate of candidates)
    candidate.versions.forEach((lib, age) => {
      costs.add(lib, age);
    });
  return costs.table;
}

/** By interface: every version of every candidate that provides it. */
function providersOf(problem: Problem): readonly (readonly Lib[])[] {
  const providers = new Map<InterfaceName, Lib[]>();
  for (const candidate of problem.candidates) {
    for (const lib of candidate.versions) {
      for (const provided of lib.provides) {
        const row = providers.get(provided.interface);
        if (row === undefined) providers.set(provided.interface, [lib]);
        else row.push(lib);
      }
    }
  }
  return [...providers.values()];
}

function costTable(): {readonly table: ReadonlyMap<Lib, number>; add(lib: Lib, cost: number): void} {
  const table = new Map<Lib, number>();
  return {
    table,
    add(lib, cost) {
      if (cost > 0) table.set(lib, (table.get(lib) ?? 0) + cost);
    },
  };
}
