// SPDX-License-Identifier: BSD-3-Clause

import {compareVersions, type Location} from '../base/index.ts';
import type {Exclusion, Lib} from '../catalog/index.ts';
import {type Change, change} from './change.ts';
import {missing} from './compare-interfaces.ts';
import {compareNeeds} from './compare-needs.ts';
import {compareOptions} from './compare-options.ts';
import {covers, sameMajor} from './ranges.ts';

/**
 * What the manifest of a lib says otherwise, for whoever has the older one in an image; not of exports that its headers
 * declare, which are compared by themselves.
 */
export function compareLibs(
  before: Lib,
  after: Lib,
  {declared}: {readonly declared: ReadonlySet<string>},
): readonly Change[] {
  const silent = (one: Lib, other: Lib): readonly string[] =>
    missing(one.exports, other.exports).filter((symbol) => !declared.has(symbol));
  const {at} = after;
  return [
    ...(before.kind === after.kind ? [] : [change('major', `it is a ${after.kind}, and was a ${before.kind}`, at)]),
    ...(before.license === after.license
      ? []
      : [change('major', `the licence is ${after.license}, and was ${before.license}`, at)]),
    ...compareProvides(before, after),
    ...compareNeeds(before, after),
    ...compareExcludes(before, after),
    ...compareOptions(before, after),
    ...compareLimits('arch', before.arches, after.arches, at),
    ...compareLimits('platform', before.platforms, after.platforms, at),
    ...compareChoice(before, after),
    ...silent(before, after).map((symbol) => change('major', `${symbol} is no longer exported`, at)),
    ...silent(after, before).map((symbol) => change('minor', `${symbol} is exported`, at)),
    ...compareMachines(before, after),
    ...compareSources(before, after),
  ];
}

function compareProvides(before: Lib, after: Lib): readonly Change[] {
  const changes: Change[] = [];
  for (const one of before.provides) {
    const other = after.provides.find((each) => each.interface === one.interface);
    if (other === undefined) {
      changes.push(change('major', `it no longer provides ${one.interface}`, one.at));
      continue;
    }
    const order = compareVersions(other.version, one.version);
    if (order === 0) continue;
    const bump = order < 0 || !sameMajor(one.version, other.version) ? 'major' : 'minor';
    changes.push(change(bump, `it provides ${one.interface} ${other.version}, and provided ${one.version}`, other.at));
  }
  for (const {interface: name, at} of after.provides) {
    if (!before.provides.some((each) => each.interface === name))
      changes.push(change('minor', `it provides ${name}`, at));
  }
  return changes;
}

function compareExcludes(before: Lib, after: Lib): readonly Change[] {
  const same = (one: Exclusion, other: Exclusion): boolean =>
    one.lib === other.lib && JSON.stringify(one.when) === JSON.stringify(other.when);
  const changes: Change[] = [];
  for (const one of after.excludes) {
    const other = before.excludes.find((each) => same(one, each));
    if (other === undefined) changes.push(change('major', `it excludes ${one.lib}, and did not`, one.at));
    else if (!covers(other.version, one.version))
      changes.push(change('major', `it excludes ${one.lib} ${one.version}, and did ${other.version}`, one.at));
    else if (!covers(one.version, other.version))
      changes.push(change('minor', `it excludes ${one.lib} ${one.version}, and did ${other.version}`, one.at));
  }
  for (const one of before.excludes) {
    if (!after.excludes.some((each) => same(one, each)))
      changes.push(change('minor', `it no longer excludes ${one.lib}`, one.at));
  }
  return changes;
}

function compareLimits(noun: string, before: Lib['arches'], after: Lib['arches'], at: Location): readonly Change[] {
  if (after !== undefined) {
    if (before === undefined) return [change('major', `it is for ${noun} ${after.value.join(', ')} only`, after.at)];
    return [
      ...missing(before.value, after.value).map((name) =>
        change('major', `it is no longer for ${noun} ${name}`, after.at),
      ),
      ...missing(after.value, before.value).map((name) => change('minor', `it is for ${noun} ${name} too`, after.at)),
    ];
  }
  return before === undefined ? [] : [change('minor', `it is for every ${noun}`, at)];
}

function compareChoice(before: Lib, after: Lib): readonly Change[] {
  const changes: Change[] = [];
  if (before.onlyByName !== true && after.onlyByName === true)
    changes.push(change('major', 'it is chosen by name only', after.at));
  if (before.onlyByName === true && after.onlyByName !== true)
    changes.push(change('minor', 'it can be chosen without being named', after.at));
  if ((before.recommended ?? false) !== (after.recommended ?? false)) {
    const now = after.recommended === true ? 'it is recommended' : 'it is no longer recommended';
    changes.push(change('minor', `${now}, so that images may choose otherwise`, after.at));
  }
  return changes;
}

function compareMachines(before: Lib, after: Lib): readonly Change[] {
  const names = ({boot}: Lib): readonly string[] => (boot?.machines ?? []).map(({name}) => name);
  const moved = before.boot?.defaultMachine !== after.boot?.defaultMachine;
  const other =
    before.compile?.triple !== after.compile?.triple || before.compile?.elfMachine !== after.compile?.elfMachine;
  return [
    ...missing(names(before), names(after)).map((name) => change('major', `the machine ${name} is gone`, after.at)),
    ...missing(names(after), names(before)).map((name) => change('minor', `the machine ${name} is new`, after.at)),
    ...(moved ? [change('minor', `the default machine is ${after.boot?.defaultMachine ?? 'none'}`, after.at)] : []),
    ...(other ? [change('major', 'it compiles for another machine', after.at)] : []),
  ];
}

/** Third-party code that is another: its headers are compared as the lib's own are. */
function compareSources(before: Lib, after: Lib): readonly Change[] {
  const changes: Change[] = [];
  for (const one of after.sources) {
    const other = before.sources.find(({name}) => name === one.name);
    if (other === undefined) changes.push(change('minor', `it is made of ${one.name} ${one.version} too`, one.at));
    else if (other.version !== one.version)
      changes.push(change('minor', `it is made of ${one.name} ${one.version}, and was of ${other.version}`, one.at));
    else if (other.sha256 !== one.sha256)
      changes.push(change('patch', `the archive of ${one.name} ${one.version} is another`, one.at));
  }
  return changes;
}
