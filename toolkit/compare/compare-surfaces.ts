// SPDX-License-Identifier: BSD-3-Clause

import {type Change, change} from './change.ts';
import {compareRecords} from './compare-records.ts';
import type {Declaration, Macro, Surface} from './surface.ts';

/**
 * What of the newer headers is otherwise for whoever was written against the older ones. A new symbol that others are to
 * define, as the providers of an interface are, is one that they lack.
 */
export function compareSurfaces(
  before: Surface,
  after: Surface,
  {definedByOthers}: {readonly definedByOthers: ReadonlySet<string>},
): readonly Change[] {
  return [
    ...both('function', before.functions, after.functions, {changed: prototypes, definedByOthers}),
    ...both('variable', before.variables, after.variables, {changed: prototypes, definedByOthers}),
    ...compareRecords(before.records, after.records),
    ...both('constant', before.constants, after.constants, {
      changed: (name, one, other) =>
        one.value === other.value
          ? []
          : [change('major', `the constant ${name} is ${other.value}, and was ${one.value}`, other.at)],
    }),
    ...both('type', before.typedefs, after.typedefs, {
      changed: (name, one, other) =>
        one.canonical === other.canonical
          ? []
          : [change('major', `the type ${name} is ${other.text}, and was ${one.text}`, other.at)],
    }),
    ...both('macro', before.macros, after.macros, {changed: macros}),
  ];
}

interface Placed {
  readonly at?: Change['at'];
}

interface Rules<T> {
  readonly changed: (name: string, before: T, after: T) => readonly Change[];
  readonly definedByOthers?: ReadonlySet<string>;
}

function both<T extends Placed>(
  noun: string,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  {changed, definedByOthers}: Rules<T>,
): readonly Change[] {
  const changes: Change[] = [];
  for (const [name, one] of before) {
    const other = after.get(name);
    if (other === undefined) changes.push(change('major', `the ${noun} ${name} is gone`, one.at));
    else changes.push(...changed(name, one, other));
  }
  for (const [name, {at}] of after) {
    if (before.has(name)) continue;
    const lacked = definedByOthers?.has(name) === true;
    const others = lacked ? ', which providers of the older version do not define' : '';
    changes.push(change(lacked ? 'major' : 'minor', `the ${noun} ${name} is new${others}`, at));
  }
  return changes;
}

function prototypes(name: string, before: Declaration, after: Declaration): readonly Change[] {
  if (before.canonical === after.canonical) return [];
  return [change('major', `${name} is declared as \`${after.text}\`, and was \`${before.text}\``, after.at)];
}

/** What a macro with parameters does is like a function's body; what it is called with is its prototype. */
function macros(name: string, before: Macro, after: Macro): readonly Change[] {
  const shown = ({parameters = '', value}: Macro): string => (value === '' ? 'nothing' : `\`${parameters}${value}\``);
  if (count(before) !== count(after)) {
    const message = `the macro ${name}${after.parameters ?? ''} was ${name}${before.parameters ?? ''}`;
    return [change('major', message, after.at)];
  }
  if (before.value === after.value || before.parameters !== after.parameters) return [];
  if (before.parameters !== undefined)
    return [change('patch', `the macro ${name}${before.parameters} has another text`, after.at)];
  return [change('major', `the macro ${name} is ${shown(after)}, and was ${shown(before)}`, after.at)];
}

/** How many parameters; -1 where there is no bracket. */
function count({parameters}: Macro): number {
  if (parameters === undefined) return -1;
  return parameters === '()' ? 0 : parameters.split(',').length;
}
