// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName, Location, Version, VersionRange} from '../base/index.ts';
import {
  type Condition,
  type Exclusion,
  fitOption,
  type Interface,
  type Lib,
  type Need,
  type Option,
  type OptionValue,
} from '../catalog/index.ts';
import type {Budgeted, Goal} from '../spec/index.ts';
import {isWithin} from './versions.ts';

/** A lib, with the versions that may be chosen, newest first. */
export interface Candidate {
  readonly name: LibName;
  readonly kind: Lib['kind'];
  readonly versions: readonly Lib[];
}

/** One thing that somebody wrote, and where. docs/solver.md#the-problem lists what each kind says. */
export type Fact = UserFact | ManifestFact;

export type UserFact = {readonly at: Location} & (
  | {readonly kind: 'target-platform'; readonly lib: LibName}
  | {readonly kind: 'target-arch'; readonly lib: LibName}
  | {readonly kind: 'wants-lib'; readonly lib: LibName; readonly range: VersionRange}
  | {readonly kind: 'wants-interface'; readonly interface: InterfaceName; readonly range: VersionRange}
  | {readonly kind: 'chooses'; readonly interface: InterfaceName; readonly lib: LibName}
  | {readonly kind: 'sets'; readonly lib: LibName; readonly option: string; readonly value: OptionValue}
  | {readonly kind: 'budget'; readonly of: Budgeted; readonly most: number}
);

/** What the manifests of `versions` of one lib say alike. */
export type ManifestFact =
  | NeedFact
  | ({readonly at: Location; readonly lib: LibName; readonly versions: readonly Lib[]} & (
      | {readonly kind: 'excludes'; readonly exclusion: Exclusion}
      | {readonly kind: 'limits'; readonly to: 'arch' | 'platform'; readonly names: readonly LibName[]}
      | {readonly kind: 'defaults'; readonly option: Option}
      | {readonly kind: 'accepts'; readonly option: Option}
      | {readonly kind: 'weighs'; readonly of: Budgeted; readonly figure: number}
    ))
  | {readonly kind: 'takes-one'; readonly interface: InterfaceName; readonly at: Location};

export interface NeedFact {
  readonly kind: 'needs';
  readonly at: Location;
  readonly lib: LibName;
  readonly versions: readonly Lib[];
  readonly need: Need;
}

/** What an earlier solution decided and this one should keep. */
export interface Kept {
  readonly versions: ReadonlyMap<LibName, Version>;
  /** Empty when the objective is another than it was. */
  readonly providers: ReadonlyMap<InterfaceName, readonly LibName[]>;
}

/** What is asked of one image: candidates, facts and the objective, as plain data. See docs/solver.md#the-problem. */
export interface Problem {
  readonly platform: LibName;
  readonly arch: LibName;
  /** Sorted by name. */
  readonly candidates: readonly Candidate[];
  /** Every interface that a candidate provides or needs: the newest of each name. */
  readonly interfaces: ReadonlyMap<InterfaceName, Interface>;
  readonly facts: readonly Fact[];
  /** Providers left out because nobody named them. */
  readonly unnamed: readonly Lib[];
  readonly prefer: readonly LibName[];
  readonly minimize: readonly Goal[];
  readonly kept: Kept;
}

/** The version's provision of an interface, if it has one. */
export function provision(lib: Lib, name: InterfaceName): Version | undefined {
  for (const provided of lib.provides) if (provided.interface === name) return provided.version;
  return undefined;
}

const nothing: readonly (readonly [string, OptionValue])[] = [];

/** What a version makes of options as somebody wrote them; undefined where it lacks one, or one does not take its value. */
export function fitted(
  lib: Lib,
  written: Readonly<Record<string, OptionValue>>,
): readonly (readonly [string, OptionValue])[] | undefined {
  if (!hasOptions(written)) return nothing;
  const names = Object.keys(written);
  const values: (readonly [string, OptionValue])[] = [];
  for (const name of names.sort()) {
    const option = lib.options.find((candidate) => candidate.name === name);
    const value = option && fitOption(option, written[name] ?? '');
    if (value?.ok !== true) return undefined;
    values.push([name, value.value]);
  }
  return values;
}

/** Whether anything is written there. */
export function hasOptions(written: Readonly<Record<string, OptionValue>>): boolean {
  for (const name in written) if (Object.hasOwn(written, name)) return true;
  return false;
}

/** What the app needs, as a lib would. */
export function needOfApp(fact: Fact & {readonly kind: 'wants-interface'}): Need {
  return {interface: fact.interface, version: fact.range, atLeast: 1, options: {}, at: fact.at};
}

/** Whether a version could serve a need: its interface's version fits, its options exist and take the values. */
export function couldServe(lib: Lib, need: Pick<Need, 'interface' | 'version' | 'options'>): boolean {
  const provided = provision(lib, need.interface);
  return provided !== undefined && isWithin(provided, need.version) && fitted(lib, need.options) !== undefined;
}

/** A condition without contents always holds. */
export function isUnconditional(condition: Condition | undefined): boolean {
  return (
    condition === undefined ||
    (condition.arch === undefined && condition.platform === undefined && !hasOptions(condition.options))
  );
}

export function isUserFact(fact: Fact): fact is UserFact {
  return !('versions' in fact) && fact.kind !== 'takes-one';
}

/** Whether a fact is about the target's platform or arch: under `libraries`, these are named for the targets that have them. */
export function isOfTarget({platform, arch}: Problem, {lib}: {readonly lib: LibName}): boolean {
  return lib === platform || lib === arch;
}

/** What the Kraftfile can change: its own facts, and by setting an option, the option's default. */
export type Soft = UserFact | (ManifestFact & {readonly kind: 'defaults'});

/** Of options, those that have few values, which can be tried. */
export function isSoft(fact: Fact): fact is Soft {
  return (
    isUserFact(fact) ||
    (fact.kind === 'defaults' && (fact.option.type === 'boolean' || fact.option.type === 'enumeration'))
  );
}

const indexes = new WeakMap<Problem, ReadonlyMap<LibName, Candidate>>();

/** The candidate of a name. */
export function candidateOf(problem: Problem, name: LibName): Candidate | undefined {
  let index = indexes.get(problem);
  if (index === undefined) {
    index = new Map(problem.candidates.map((candidate) => [candidate.name, candidate]));
    indexes.set(problem, index);
  }
  return index.get(name);
}
