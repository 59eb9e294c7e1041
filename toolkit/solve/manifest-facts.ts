// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName} from '../base/index.ts';
import type {Condition, Interface, Lib, Need, OptionValue} from '../catalog/index.ts';
import type {Budgeted} from '../spec/index.ts';
import {figureOf} from './figure.ts';
import {
  type Candidate,
  type Fact,
  fitted,
  hasOptions,
  isUnconditional,
  type ManifestFact,
  type NeedFact,
  type UserFact,
} from './problem.ts';

/** What the manifests of these candidates say, as far as it matters to what the user asks. */
export function manifestFacts(
  candidates: readonly Candidate[],
  interfaces: ReadonlyMap<InterfaceName, Interface>,
  facts: readonly UserFact[],
): readonly Fact[] {
  const found: ManifestFact[] = [];
  for (const known of interfaces.values()) {
    if (known.cardinality === 'one') found.push({kind: 'takes-one', interface: known.name, at: known.at});
  }
  const decided = decidedOptions(candidates, facts);
  for (const candidate of candidates) {
    found.push(...factsOf(candidate, decided.get(candidate.name) ?? new Set(), facts));
    for (const fact of facts) if (fact.kind === 'budget') found.push(...weights(candidate, fact.of));
  }
  return found;
}

/** Options that somebody sets, asks for or makes a condition of; the others have their defaults, and no part in the problem. */
function decidedOptions(
  candidates: readonly Candidate[],
  facts: readonly UserFact[],
): ReadonlyMap<LibName, ReadonlySet<string>> {
  const decided = new Map<LibName, Set<string>>();
  const add = (lib: LibName, option: string): void => {
    const names = decided.get(lib);
    if (names === undefined) decided.set(lib, new Set([option]));
    else names.add(option);
  };
  for (const fact of facts) if (fact.kind === 'sets') add(fact.lib, fact.option);
  const asked = new Map<InterfaceName, Set<string>>();
  for (const candidate of candidates) {
    for (const lib of candidate.versions) {
      for (const {when} of lib.excludes) for (const name of Object.keys(when?.options ?? nothing)) add(lib.name, name);
      for (const need of lib.needs) {
        if (need.when !== undefined) for (const name of Object.keys(need.when.options)) add(lib.name, name);
        if (!hasOptions(need.options)) continue;
        const names = Object.keys(need.options);
        asked.set(need.interface, new Set([...(asked.get(need.interface) ?? []), ...names]));
      }
    }
  }
  if (asked.size === 0) return decided;
  for (const candidate of candidates) {
    for (const lib of candidate.versions) {
      for (const provided of lib.provides) {
        for (const name of asked.get(provided.interface) ?? []) {
          if (lib.options.some((option) => option.name === name)) add(lib.name, name);
        }
      }
    }
  }
  return decided;
}

const nothing = {};

/** What the versions of one lib say, each saying once, with all the versions that share it. */
function factsOf(
  candidate: Candidate,
  decided: ReadonlySet<string>,
  facts: readonly UserFact[],
): readonly ManifestFact[] {
  const others = candidate.versions.some(saysMoreThanNeeds) ? otherFacts(candidate, decided, facts) : [];
  return [...others, ...needFacts(candidate)];
}

/** What a lib adds to a sum that has a budget. */
function weights({name: lib, versions}: Candidate, of: Budgeted): readonly ManifestFact[] {
  const byFigure = new Map<number, Lib[]>();
  for (const version of versions) {
    const figure = Math.round(figureOf(version, of) ?? 0);
    if (figure > 0) byFigure.set(figure, [...(byFigure.get(figure) ?? []), version]);
  }
  return [...byFigure]
    .sort(([a], [b]) => a - b)
    .flatMap(([figure, alike]) => {
      const [first] = alike;
      return first === undefined ? [] : [{kind: 'weighs', at: first.at, lib, versions: alike, of, figure}];
    });
}

function saysMoreThanNeeds({excludes, arches, platforms, options}: Lib): boolean {
  return excludes.length + options.length > 0 || arches !== undefined || platforms !== undefined;
}

function otherFacts(
  candidate: Candidate,
  decided: ReadonlySet<string>,
  facts: readonly UserFact[],
): readonly ManifestFact[] {
  const lib = candidate.name;
  const groups = new Map<string, {versions: Lib[]; make: (versions: readonly Lib[]) => ManifestFact}>();
  const say = (key: string, version: Lib, make: (versions: readonly Lib[]) => ManifestFact): void => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, {versions: [version], make});
    else group.versions.push(version);
  };
  const settings = facts.filter((fact) => fact.kind === 'sets' && fact.lib === lib);
  for (const version of candidate.versions) {
    for (const exclusion of version.excludes) {
      const key = `excludes ${exclusion.lib} ${exclusion.version} ${conditionKey(exclusion.when)} ${exclusion.because ?? ''}`;
      say(key, version, (versions) => ({kind: 'excludes', at: exclusion.at, lib, versions, exclusion}));
    }
    for (const to of ['arch', 'platform'] as const) {
      const limit = to === 'arch' ? version.arches : version.platforms;
      if (limit === undefined) continue;
      const names = [...limit.value].sort();
      say(`limits ${to} ${names.join(' ')}`, version, (versions) => ({
        kind: 'limits',
        at: limit.at,
        lib,
        versions,
        to,
        names,
      }));
    }
    for (const option of version.options) {
      if (!decided.has(option.name)) continue;
      say(`defaults ${option.name} ${JSON.stringify(option.default)}`, version, (versions) => ({
        kind: 'defaults',
        at: option.at,
        lib,
        versions,
        option,
      }));
      if (
        settings.every(
          (fact) =>
            fact.kind !== 'sets' ||
            fact.option !== option.name ||
            fitted(version, {[option.name]: fact.value}) !== undefined,
        )
      )
        continue;
      say(`accepts ${option.name} ${acceptedKey(option)}`, version, (versions) => ({
        kind: 'accepts',
        at: option.at,
        lib,
        versions,
        option,
      }));
    }
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group.make(group.versions));
}

/** Needs are most of what manifests say, so what is alike is found without making up keys. */
function needFacts({name: lib, versions}: Candidate): readonly NeedFact[] {
  const facts: (NeedFact & {readonly versions: Lib[]})[] = [];
  for (const version of versions) {
    for (const need of version.needs) {
      const same = facts.find((fact) => compareNeeds(fact.need, need) === 0);
      if (same === undefined) facts.push({kind: 'needs', at: need.at, lib, versions: [version], need});
      else if (same.versions.at(-1) !== version) same.versions.push(version);
    }
  }
  return facts.length < 2 ? facts : facts.sort((a, b) => compareNeeds(a.need, b.need));
}

/** The order of two needs; 0 when they say the same. */
function compareNeeds(a: Need, b: Need): number {
  const plain =
    compare(a.interface, b.interface) ||
    compare(a.version, b.version) ||
    a.atLeast - b.atLeast ||
    compare(a.because ?? '', b.because ?? '');
  if (plain !== 0) return plain;
  return compare(optionsKey(a.options), optionsKey(b.options)) || compare(conditionKey(a.when), conditionKey(b.when));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function conditionKey(condition: Condition | undefined): string {
  if (condition === undefined || isUnconditional(condition)) return '';
  return `${condition.arch ?? ''} ${condition.platform ?? ''} ${optionsKey(condition.options)}`;
}

function optionsKey(options: Readonly<Record<string, OptionValue>>): string {
  if (!hasOptions(options)) return '';
  const names = Object.keys(options).sort();
  return names.map((name) => `${name}=${JSON.stringify(options[name])}`).join(' ');
}

function acceptedKey(option: Lib['options'][number]): string {
  if (option.type === 'integer' || option.type === 'size') return `${option.type} ${option.range.join(' ')}`;
  return option.type === 'enumeration' ? `enumeration ${option.values.join(' ')}` : option.type;
}
