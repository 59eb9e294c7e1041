// SPDX-License-Identifier: BSD-3-Clause

import {
  type InterfaceName,
  type LibName,
  listing,
  printRoundSize,
  printSize,
  quote,
  unreachable,
  type Version,
  type VersionRange,
  versionRange,
} from '../base/index.ts';
import type {Condition, Lib, Need, OptionValue} from '../catalog/index.ts';
import {candidateOf, couldServe, type Fact, type Problem, provision} from './problem.ts';
import {isWithin, newestFirst} from './versions.ts';

/** A fact in words, and, where that is the point, who could answer it. For those who wonder why it does not work out. */
export function sentence(problem: Problem, fact: Fact): string {
  return `${claim(problem, fact)}${consequence(problem, fact)}.`;
}

/** A fact in words, without a full stop. */
export function claim(problem: Problem, fact: Fact): string {
  switch (fact.kind) {
    case 'target-platform':
      return `The target's platform is ${fact.lib}`;
    case 'target-arch':
      return `The target's arch is ${fact.lib}`;
    case 'wants-lib':
      return `The Kraftfile asks for ${fact.lib}${inRange(fact.range)}`;
    case 'wants-interface':
      return `The app needs ${fact.interface}${inRange(fact.range)}`;
    case 'chooses':
      return `The Kraftfile chooses ${fact.lib} for ${fact.interface}`;
    case 'sets':
      return `The Kraftfile sets ${fact.option} of ${fact.lib} to ${value(fact.value)}`;
    case 'needs':
      return `${who(problem, fact)} ${isSeveral(problem, fact) ? 'need' : 'needs'} ${needed(fact.need)}${condition(fact.need.when)}${because(fact.need.because)}`;
    case 'excludes': {
      const {lib, version, when} = fact.exclusion;
      return `${who(problem, fact)} cannot be in one image with ${lib}${inRange(version)}${condition(when)}${because(fact.exclusion.because)}`;
    }
    case 'limits':
      return `${who(problem, fact)} ${isSeveral(problem, fact) ? 'are' : 'is'} only for the ${fact.to} ${listing(fact.names, 'or')}`;
    case 'defaults':
      return `${fact.option.name} of ${who(problem, fact)} is ${value(fact.option.default)} unless it is set`;
    case 'accepts':
      return `${fact.option.name} of ${who(problem, fact)} is ${accepted(fact.option)}`;
    case 'budget':
      return fact.of === 'size'
        ? `The image may be at most ${printSize(fact.most)} in size`
        : `The image may take at most ${printSize(fact.most)} of memory`;
    case 'weighs': {
      const [verb, what] = fact.of === 'size' ? ['add', 'to the image'] : ['take', 'of memory'];
      return `${who(problem, fact)} ${verb}${isSeveral(problem, fact) ? '' : 's'} ${printRoundSize(fact.figure)} ${what}`;
    }
    case 'takes-one':
      return `An image has one provider of ${fact.interface}`;
    default:
      return unreachable(fact);
  }
}

function consequence(problem: Problem, fact: Fact): string {
  switch (fact.kind) {
    case 'target-platform':
    case 'target-arch':
      return whichVersions(problem, fact.lib, anyVersion);
    case 'wants-lib':
      return whichVersions(problem, fact.lib, fact.range);
    case 'wants-interface':
      return whoProvides(problem, {interface: fact.interface, version: fact.range, options: {}});
    case 'chooses':
      return whyNotChosen(problem, fact.lib, fact.interface);
    case 'needs':
      return whoProvides(problem, fact.need);
    default:
      return '';
  }
}

const anyVersion = versionRange('*');

/** `alloc ^1`, `2 providers of netdev`, `netstack with tcp = true`. */
function needed(need: Need): string {
  const options = Object.entries(need.options).map(([name, wanted]) => `${name} = ${value(wanted)}`);
  const what = `${need.interface}${inRange(need.version)}`;
  const several = need.atLeast > 1 ? `${need.atLeast} providers of ${what}` : what;
  return options.length === 0 ? several : `${several} with ${listing(options)}`;
}

/** The lib, and its versions where not all of them say so. */
export function who(problem: Problem, fact: {readonly lib: LibName; readonly versions: readonly Lib[]}): string {
  const all = candidateOf(problem, fact.lib)?.versions.length ?? 0;
  if (all === fact.versions.length) return fact.lib;
  return `${fact.lib} ${versions(fact.versions.map((lib) => lib.version))}`;
}

/** Whether the words for a lib and its versions are a plural. */
function isSeveral(problem: Problem, fact: {readonly lib: LibName; readonly versions: readonly Lib[]}): boolean {
  return fact.versions.length > 1 && who(problem, fact) !== fact.lib;
}

/** `1.0.0`, `1.0.0 and 1.1.0`, `1.0.0 … 1.4.0 (5 versions)`. */
function versions(list: readonly Version[]): string {
  const sorted = [...new Set(list)].sort(newestFirst).reverse();
  if (sorted.length <= 3) return listing(sorted);
  return `${sorted[0] ?? ''} … ${sorted.at(-1) ?? ''} (${sorted.length} versions)`;
}

function inRange(range: VersionRange): string {
  return range === '*' ? '' : ` ${range}`;
}

function whichVersions(problem: Problem, name: LibName, range: VersionRange): string {
  const all = candidateOf(problem, name)?.versions ?? [];
  if (all.some((lib) => isWithin(lib.version, range))) return '';
  return all.length === 0
    ? ', which is not in the catalog'
    : `, but the catalog has ${versions(all.map((lib) => lib.version))}`;
}

/** Says who could answer a need, where that is at most a few, or nobody. */
function whoProvides(problem: Problem, need: Pick<Need, 'interface' | 'version' | 'options'>): string {
  const all = problem.candidates.filter((candidate) =>
    candidate.versions.some((lib) => provision(lib, need.interface) !== undefined),
  );
  const able = all.filter((candidate) => candidate.versions.some((lib) => couldServe(lib, need)));
  if (able.length > 3) return '';
  if (able.length > 0) {
    const names = able.map((candidate) => {
      const fitting = candidate.versions.filter((lib) => couldServe(lib, need));
      return fitting.length === candidate.versions.length
        ? candidate.name
        : `${candidate.name} ${versions(fitting.map((lib) => lib.version))}`;
    });
    return `, which ${able.length === 1 ? 'only ' : ''}${listing(names, 'or')} provides`;
  }
  if (all.length === 0) return unnamedProviders(problem, need.interface);
  const offered = all.flatMap((candidate) => candidate.versions.flatMap((lib) => provision(lib, need.interface) ?? []));
  if (!offered.some((version) => isWithin(version, need.version)))
    return `, but there is only ${need.interface} ${versions(offered)}`;
  return `, but ${listing(all.slice(0, 3).map((candidate) => candidate.name))} ${all.length === 1 ? 'does' : 'do'} not offer that`;
}

function unnamedProviders(problem: Problem, name: InterfaceName): string {
  const unnamed = [
    ...new Set(problem.unnamed.filter((lib) => provision(lib, name) !== undefined).map((lib) => lib.name)),
  ].sort();
  if (unnamed.length === 0) return ', which nothing in the catalog provides';
  return `, which only ${listing(unnamed, 'or')} provides, and that is taken only where the Kraftfile names it`;
}

function whyNotChosen(problem: Problem, name: LibName, chosenFor: InterfaceName): string {
  const all = candidateOf(problem, name)?.versions ?? [];
  if (all.length === 0) return ', which is not in the catalog';
  return all.some((lib) => provision(lib, chosenFor) !== undefined) ? '' : `, which does not provide it`;
}

function condition(when: Condition | undefined): string {
  if (when === undefined) return '';
  const parts = Object.entries(when.options).map(([name, wanted]) => `its ${name} is ${value(wanted)}`);
  if (when.platform !== undefined) parts.push(`the platform is ${when.platform}`);
  if (when.arch !== undefined) parts.push(`the arch is ${when.arch}`);
  return parts.length === 0 ? '' : ` when ${listing(parts)}`;
}

function because(text: string | undefined): string {
  return text === undefined ? '' : ` (${text.replace(/\.$/, '')})`;
}

function value(of: OptionValue): string {
  return typeof of === 'string' ? quote(of) : String(of);
}

function accepted(option: Lib['options'][number]): string {
  switch (option.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number from ${option.range[0]} to ${option.range[1]}`;
    case 'size':
      return `a size from ${option.range[0]} to ${option.range[1]} bytes`;
    case 'enumeration':
      return listing(option.values, 'or');
    case 'string':
      return 'a text';
  }
}
