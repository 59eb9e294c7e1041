// SPDX-License-Identifier: BSD-3-Clause

import type {Condition, Lib, Need} from '../catalog/index.ts';
import {type Change, change} from './change.ts';
import {covers} from './ranges.ts';

/** What a lib needs otherwise: an image that had the older version may have nobody who provides it. */
export function compareNeeds(before: Lib, after: Lib): readonly Change[] {
  const changes: Change[] = [];
  for (const need of after.needs) {
    const old = before.needs.filter((each) => each.interface === need.interface);
    const same = old.find((each) => sameCondition(each.when, need.when)) ?? old.find(({when}) => when === undefined);
    if (same === undefined) changes.push(newNeed(need, {before, after}));
    else changes.push(...compareNeed(same, need));
  }
  for (const need of before.needs) {
    if (!after.needs.some((each) => each.interface === need.interface))
      changes.push(change('patch', `it no longer needs ${need.interface}`, need.at));
  }
  return changes;
}

/** A need that only counts when an option has a value which nobody can have given yet breaks nobody. */
function newNeed(need: Need, {before, after}: {readonly before: Lib; readonly after: Lib}): Change {
  const {when, at} = need;
  const unheard = Object.entries(when?.options ?? {}).some(([name, value]) => {
    const option = after.options.find((each) => each.name === name);
    const known = before.options.some((each) => each.name === name);
    return !known && option !== undefined && option.default !== value;
  });
  if (unheard) return change('minor', `it needs ${need.interface} ${need.version} where a new option says so`, at);
  return change('major', `it needs ${need.interface} ${need.version}, and did not${conditionOf(when)}`, at);
}

function compareNeed(before: Need, after: Need): readonly Change[] {
  const changes: Change[] = [];
  const name = after.interface;
  if (!covers(after.version, before.version))
    changes.push(
      change('major', `it needs ${name} ${after.version}, and was content with ${before.version}`, after.at),
    );
  else if (!covers(before.version, after.version))
    changes.push(
      change('minor', `it is content with ${name} ${after.version}, and needed ${before.version}`, after.at),
    );
  if (after.atLeast > before.atLeast)
    changes.push(change('major', `it needs ${after.atLeast} of ${name}, and needed ${before.atLeast}`, after.at));
  for (const [option, value] of Object.entries(after.options)) {
    if (before.options[option] === value) continue;
    changes.push(change('major', `it needs ${name} with ${option} ${String(value)}`, after.at));
  }
  return changes;
}

function sameCondition(one: Condition | undefined, other: Condition | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function conditionOf(when: Condition | undefined): string {
  if (when === undefined) return '';
  const parts = [
    ...Object.entries(when.options).map(([name, value]) => `${name} is ${String(value)}`),
    ...(when.platform === undefined ? [] : [`the platform is ${when.platform}`]),
    ...(when.arch === undefined ? [] : [`the arch is ${when.arch}`]),
  ];
  return ` (where ${parts.join(' and ')})`;
}
