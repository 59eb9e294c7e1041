// SPDX-License-Identifier: BSD-3-Clause

import {type Lib, type Option, printOptionValue} from '../catalog/index.ts';
import {type Change, change} from './change.ts';
import {missing} from './compare-interfaces.ts';

/** What Kraftfiles may no longer say of a lib's options, or what they get when they say nothing. */
export function compareOptions(before: Lib, after: Lib): readonly Change[] {
  const changes: Change[] = [];
  for (const option of before.options) {
    const other = after.options.find(({name}) => name === option.name);
    if (other === undefined) changes.push(change('major', `the option ${option.name} is gone`, option.at));
    else changes.push(...compareOption(option, other));
  }
  for (const {name, at} of after.options) {
    if (!before.options.some((option) => option.name === name))
      changes.push(change('minor', `the option ${name} is new`, at));
  }
  return changes;
}

type Ranged = Extract<Option, {readonly range: unknown}>;

function compareOption(before: Option, after: Option): readonly Change[] {
  const {name, at} = after;
  if (before.type !== after.type)
    return [change('major', `the option ${name} is of type ${after.type}, and was of type ${before.type}`, at)];
  const changes: Change[] = [];
  if ('range' in before && 'range' in after) {
    const shown = (option: Ranged): string => option.range.map((value) => printOptionValue(option, value)).join(' to ');
    const [from, to] = before.range;
    const [newFrom, newTo] = after.range;
    const words = `the option ${name} goes from ${shown(after)}, and went from ${shown(before)}`;
    if (newFrom > from || newTo < to) changes.push(change('major', words, at));
    else if (newFrom < from || newTo > to) changes.push(change('minor', words, at));
  }
  if ('values' in before && 'values' in after) {
    for (const value of missing(before.values, after.values))
      changes.push(change('major', `the option ${name} can no longer be ${value}`, at));
    for (const value of missing(after.values, before.values))
      changes.push(change('minor', `the option ${name} can be ${value}`, at));
  }
  if (before.default !== after.default) {
    const [now, then] = [printOptionValue(after, after.default), printOptionValue(before, before.default)];
    changes.push(change('minor', `the option ${name} is ${now} by default, and was ${then}`, at));
  }
  return changes;
}
