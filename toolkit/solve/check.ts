// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName} from '../base/index.ts';
import type {Condition, Lib, Need} from '../catalog/index.ts';
import type {Budgeted} from '../spec/index.ts';
import type {Founded, Selection} from './founded.ts';
import {couldServe, type Fact, fitted, isOfTarget, needOfApp, type Problem, provision} from './problem.ts';
import {isWithin, majorOf} from './versions.ts';

/**
 * The facts that a selection breaks, found without a solver. Empty: the founded part of it is an image, if all
 * libs of the selection are in that part. See docs/solver.md#the-image.
 */
export function brokenFacts(problem: Problem, selection: Selection, founded: Founded): readonly Fact[] {
  const image = {problem, selection, founded, providers: providersOf(founded)};
  return problem.facts.filter((fact) => !isKept(image, fact));
}

/** Whether the laws hold that no fact states: one platform and arch, one major version of an interface, no baseless option. */
export function isLawful(problem: Problem, founded: Founded): boolean {
  const libs = [...founded.libs.values()].map(({lib}) => lib);
  if (libs.filter((lib) => lib.kind === 'platform').length > 1 || libs.filter((lib) => lib.kind === 'arch').length > 1)
    return false;
  const majors = new Map<InterfaceName, string>();
  for (const lib of libs) {
    for (const provided of lib.provides) {
      const major = majorOf(provided.version);
      if ((majors.get(provided.interface) ?? major) !== major) return false;
      majors.set(provided.interface, major);
    }
  }
  const known = new Map(problem.candidates.map((candidate) => [candidate.name, candidate.versions]));
  return founded.baseless.length === 0 && libs.every((lib) => known.get(lib.name)?.includes(lib) === true);
}

interface Image {
  readonly problem: Problem;
  readonly selection: Selection;
  readonly founded: Founded;
  readonly providers: ReadonlyMap<InterfaceName, readonly Lib[]>;
}

function isKept(image: Image, fact: Fact): boolean {
  const {founded, providers, selection} = image;
  const lib = 'lib' in fact ? founded.libs.get(fact.lib)?.lib : undefined;
  switch (fact.kind) {
    case 'target-platform':
    case 'target-arch':
      return lib !== undefined;
    case 'wants-lib':
      return lib === undefined ? isOfTarget(image.problem, fact) : isWithin(lib.version, fact.range);
    case 'chooses':
      return lib !== undefined && provision(lib, fact.interface) !== undefined;
    case 'wants-interface':
      return isServed(image, needOfApp(fact));
    case 'sets': {
      const values = lib && fitted(lib, {[fact.option]: fact.value});
      return (
        lib === undefined || values?.every(([option, value]) => selection.value(lib.name, option) === value) === true
      );
    }
    case 'needs':
      return (
        lib === undefined ||
        !fact.versions.includes(lib) ||
        !isMet(image, lib, fact.need.when) ||
        isServed(image, fact.need)
      );
    case 'excludes': {
      const other = founded.libs.get(fact.exclusion.lib)?.lib;
      if (lib === undefined || other === undefined || other === lib || !fact.versions.includes(lib)) return true;
      return !isWithin(other.version, fact.exclusion.version) || !isMet(image, lib, fact.exclusion.when);
    }
    case 'limits':
      return lib === undefined || !fact.versions.includes(lib) || fact.names.some((name) => founded.libs.has(name));
    case 'takes-one':
      return (providers.get(fact.interface) ?? []).length < 2;
    case 'budget':
      return sumOf(image.problem, founded, {of: fact.of, holds: () => true}) <= fact.most;
    case 'defaults':
    case 'accepts':
    case 'weighs':
      return true; // see baseless options, `sets` and `budget`
  }
}

/** What the libs that are in come to, by the facts that hold. */
export function sumOf(
  problem: Problem,
  founded: Founded,
  {of, holds}: {readonly of: Budgeted; readonly holds: (fact: Fact) => boolean},
): number {
  return problem.facts.reduce((sum, fact) => {
    if (fact.kind !== 'weighs' || fact.of !== of) return sum;
    const lib = founded.libs.get(fact.lib)?.lib;
    return lib !== undefined && fact.versions.includes(lib) && holds(fact) ? sum + fact.figure : sum;
  }, 0);
}

function isServed({providers, selection}: Image, need: Need): boolean {
  const serving = (providers.get(need.interface) ?? []).filter((lib) => {
    const options = couldServe(lib, need) ? fitted(lib, need.options) : undefined;
    return options?.every(([option, value]) => selection.value(lib.name, option) === value) === true;
  });
  return serving.length >= need.atLeast;
}

function isMet({selection, founded}: Image, lib: Lib, condition: Condition | undefined): boolean {
  if (condition === undefined) return true;
  if (condition.arch !== undefined && !founded.libs.has(condition.arch)) return false;
  if (condition.platform !== undefined && !founded.libs.has(condition.platform)) return false;
  return Object.entries(condition.options).every(([option, value]) => selection.value(lib.name, option) === value);
}

function providersOf(founded: Founded): ReadonlyMap<InterfaceName, readonly Lib[]> {
  const providers = new Map<InterfaceName, Lib[]>();
  for (const {lib} of founded.libs.values()) {
    for (const provided of lib.provides)
      providers.set(provided.interface, [...(providers.get(provided.interface) ?? []), lib]);
  }
  return providers;
}

/** A selection of some of the libs of another. */
export function without(selection: Selection, name: LibName): Selection {
  return {
    versions: new Map([...selection.versions].filter(([other]) => other !== name)),
    value: (lib, option) => selection.value(lib, option),
  };
}
