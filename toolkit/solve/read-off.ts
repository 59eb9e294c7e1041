// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName} from '../base/index.ts';
import type {Lib, OptionValue} from '../catalog/index.ts';
import type {Selection} from './founded.ts';
import type {Best} from './optimise.ts';
import type {Fact, Problem} from './problem.ts';
import {claim} from './sentence.ts';
import type {ChosenLib, Reason, Solution} from './solution.ts';

/** What a search found, in the user's words. */
export function readOff(problem: Problem, {selection, founded, costs, proven}: Best): Solution {
  const libs = [...founded.libs.values()].map(
    ({lib, because}): ChosenLib => ({
      name: lib.name,
      version: lib.version,
      options: optionsOf(lib, selection),
      reasons: because.map((fact) => reason(problem, fact)),
    }),
  );
  return {
    kind: 'solution',
    platform: problem.platform,
    arch: problem.arch,
    libs: libs.sort((a, b) => (a.name < b.name ? -1 : 1)),
    providers: providersOf([...founded.libs.values()].map(({lib}) => lib)),
    costs,
    proven,
  };
}

/** A fact as a reason for something else. */
export function reason(problem: Problem, fact: Fact): Reason {
  return {text: `${claim(problem, fact)}.`, at: fact.at, ...origin(fact)};
}

/** The lib whose manifest says so, and the interface that it says it about. */
export function origin(fact: Fact): {readonly from?: LibName; readonly interface?: InterfaceName} {
  const about = fact.kind === 'needs' ? fact.need.interface : 'interface' in fact ? fact.interface : undefined;
  return {...('versions' in fact ? {from: fact.lib} : {}), ...(about === undefined ? {} : {interface: about})};
}

function optionsOf(lib: Lib, selection: Selection): Readonly<Record<string, OptionValue>> {
  const options = [...lib.options].sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(
    options.map((option) => [option.name, selection.value(lib.name, option.name) ?? option.default]),
  );
}

function providersOf(libs: readonly Lib[]): ReadonlyMap<InterfaceName, readonly LibName[]> {
  const providers = new Map<InterfaceName, LibName[]>();
  for (const lib of libs) {
    for (const provided of lib.provides)
      providers.set(provided.interface, [...(providers.get(provided.interface) ?? []), lib.name]);
  }
  return new Map([...providers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, names]) => [name, names.sort()]));
}
