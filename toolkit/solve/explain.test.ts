// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import type {Lib, OptionValue} from '../catalog/index.ts';
import {openCadical} from './cadical.ts';
import {brokenFacts, isLawful} from './check.ts';
import {readExample} from './example.ts';
import {clashingFacts} from './explain.ts';
import {openFoundation, type Selection} from './founded.ts';
import {narrow} from './narrow.ts';
import {optimise} from './optimise.ts';
import {pose} from './pose.ts';
import {type Fact, fitted, isSoft, type Problem} from './problem.ts';
import {randomExample} from './random-example.ts';
import {correctionSets} from './repair.ts';
import {openSearch} from './search.ts';
import {solveProblem} from './solve-problem.ts';
import {atOnce} from './steps.ts';

test('a conflict is one, and is minimal: by brute force, its facts cannot all hold, and without any one of them they can', async () => {
  let conflicts = 0;
  for (let seed = 1; seed <= Number(process.env.SOLVE_PROBLEMS ?? 150); seed++) {
    const text = randomExample(seed);
    const problem = pose(readExample(text));
    const answer = await solveProblem(problem, {});
    if (answer.kind !== 'conflict') continue;
    const core = await coreOf(problem);
    const kinds = core.map((fact) => fact.kind).join(' ');
    const message = `problem ${seed}: ${kinds}\n${text}`;
    const broken = brokenTogether(problem);
    if (broken === undefined) continue;
    conflicts++;
    const left = broken.map((facts) => core.filter((fact) => facts.has(fact)));
    expect(left.filter((facts) => facts.length === 0).length, message).toBe(0);
    for (const fact of core)
      expect(
        left.some((facts) => facts.length === 1 && facts[0] === fact),
        `${fact.kind} is not needed; ${message}`,
      ).toBe(true);
  }
  expect(conflicts).toBeGreaterThan(50);
}, 120_000);

/** As `solve` does it. */
async function coreOf(problem: Problem): Promise<readonly Fact[]> {
  const search = await openSearch(problem, openCadical, 'wishes');
  const clashing = atOnce(optimise(search, {}));
  search.sat.dispose();
  if (clashing === undefined || 'selection' in clashing) throw new Error('There is an answer');
  const facts = await clashingFacts(narrow(problem, clashing), openCadical);
  if (facts === undefined) throw new Error('It had all the time');
  return facts;
}

test('repairs are the smallest: by brute force, every set of that many changes that helps, and no other', async () => {
  let conflicts = 0;
  for (let seed = 1; seed <= Number(process.env.SOLVE_PROBLEMS ?? 150); seed++) {
    const text = randomExample(seed);
    const problem = pose(readExample(text));
    if ((await solveProblem(problem, {})).kind !== 'conflict') continue;
    const broken = brokenTogether(problem);
    if (broken === undefined) continue;
    conflicts++;
    const changeable = broken.filter((facts) => [...facts].every(isSoft));
    const minimal = changeable.filter(
      (facts) => !changeable.some((less) => less.size < facts.size && [...less].every((fact) => facts.has(fact))),
    );
    const keyOf = (facts: Iterable<Fact>): string =>
      [...facts]
        .map((fact) => problem.facts.indexOf(fact))
        .sort((a, b) => a - b)
        .join();
    const sets = await correctionSets(problem, {openSat: openCadical, most: 5});
    const largest = sets.at(-1)?.length ?? 6;
    const expected = new Set(minimal.filter((facts) => facts.size <= largest).map(keyOf));
    expect(new Set(sets.map(keyOf)), `problem ${seed}:\n${text}`).toEqual(expected);
  }
  expect(conflicts).toBeGreaterThan(50);
}, 120_000);

/** For each lawful image, the facts that it breaks; undefined when there are too many images to look at. */
function brokenTogether(problem: Problem): readonly ReadonlySet<Fact>[] | undefined {
  const foundation = openFoundation(problem);
  const choices = problem.candidates.map((candidate) => [
    undefined,
    ...candidate.versions.flatMap((lib) => settings(lib)),
  ]);
  if (choices.reduce((product, row) => product * row.length, 1) > 20_000) return undefined;
  const found: ReadonlySet<Fact>[] = [];
  const chosen = new Map<Lib, ReadonlyMap<string, OptionValue>>();
  const look = (index: number): void => {
    const row = choices[index];
    if (row === undefined) {
      found.push(...brokenBy(problem, foundation, chosen));
      return;
    }
    for (const choice of row) {
      if (choice !== undefined) chosen.set(choice.lib, choice.values);
      look(index + 1);
      if (choice !== undefined) chosen.delete(choice.lib);
    }
  };
  look(0);
  return found;
}

/**
 * Facts of an image that cannot hold. Any other may or may not; that they all do is best for its foundation. What
 * then is without foundation needs its default waived, or is no image.
 */
function brokenBy(
  problem: Problem,
  foundation: ReturnType<typeof openFoundation>,
  chosen: ReadonlyMap<Lib, ReadonlyMap<string, OptionValue>>,
): readonly ReadonlySet<Fact>[] {
  const selection: Selection = {
    versions: new Map([...chosen.keys()].map((lib) => [lib.name, lib])),
    value: (name, option) => [...chosen].find(([lib]) => lib.name === name)?.[1].get(option),
  };
  const all = {
    libs: new Map([...chosen.keys()].map((lib) => [lib.name, {lib, because: []}])),
    asked: new Map(),
    baseless: [],
  };
  let ways: readonly Fact[][] = [[...brokenFacts(problem, selection, all)]];
  for (const fact of problem.facts) {
    if (fact.kind !== 'accepts') continue;
    // A value that the version does not take: either who sets it is wrong, or what it takes.
    const lib = selection.versions.get(fact.lib);
    const setting = problem.facts.find(
      (other) => other.kind === 'sets' && other.lib === fact.lib && other.option === fact.option.name,
    );
    if (lib === undefined || setting?.kind !== 'sets' || !fact.versions.includes(lib)) continue;
    if (fitted(lib, {[setting.option]: setting.value}) !== undefined) continue;
    ways = ways.flatMap((broken) => [broken, [...broken.filter((other) => other !== setting), fact]]);
  }
  for (const budget of ways[0] ?? []) {
    if (budget.kind !== 'budget') continue;
    // Either the budget is wrong, or what some of the libs weigh.
    const weights = problem.facts.filter(
      (fact) => fact.kind === 'weighs' && fact.of === budget.of && fact.versions.some((lib) => chosen.has(lib)),
    );
    const lighter = subsets(weights).filter((set) => sum(weights) - sum(set) <= budget.most);
    ways = ways.flatMap((way) => [way, ...lighter.map((set) => [...way.filter((fact) => fact !== budget), ...set])]);
  }
  return ways.flatMap((way) => {
    const broken = new Set(way);
    for (const waived of [new Set<Fact>(), ...defaultsSets(problem, selection)]) {
      const founded = foundation.build(selection, (fact) => !broken.has(fact) && !waived.has(fact));
      if (founded.libs.size === chosen.size && isLawful(problem, founded)) return [new Set([...broken, ...waived])];
    }
    return [];
  });
}

/** Sets of defaults to waive, the smallest first. */
function defaultsSets(problem: Problem, selection: Selection): readonly ReadonlySet<Fact>[] {
  const defaults = problem.facts.filter(
    (fact) =>
      fact.kind === 'defaults' &&
      [...selection.versions.values()].some(
        (lib) => fact.versions.includes(lib) && selection.value(lib.name, fact.option.name) !== fact.option.default,
      ),
  );
  const sets: Fact[][] = [[]];
  for (const fact of defaults) sets.push(...sets.map((set) => [...set, fact]));
  return sets
    .sort((a, b) => a.length - b.length)
    .slice(1)
    .map((set) => new Set(set));
}

function subsets(facts: readonly Fact[]): readonly (readonly Fact[])[] {
  const sets: (readonly Fact[])[] = [[]];
  for (const fact of facts) sets.push(...sets.map((set) => [...set, fact]));
  return sets;
}

function sum(facts: readonly Fact[]): number {
  return facts.reduce((total, fact) => total + (fact.kind === 'weighs' ? fact.figure : 0), 0);
}

function settings(lib: Lib): readonly {lib: Lib; values: ReadonlyMap<string, OptionValue>}[] {
  let rows: ReadonlyMap<string, OptionValue>[] = [new Map()];
  for (const option of lib.options) {
    const values = new Set<OptionValue>(option.type === 'boolean' ? [true, false] : [1, 2, 3]);
    rows = rows.flatMap((row) => [...values].map((value) => new Map([...row, [option.name, value]])));
  }
  return rows.map((values) => ({lib, values}));
}
