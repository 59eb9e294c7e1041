// SPDX-License-Identifier: BSD-3-Clause

import {derive, type Located, list, map, type Page, quote, type Shape, text, ways, word} from '../base/index.ts';

const namePattern = '[A-Za-z_][A-Za-z0-9_]*';

/** A variable of the app's environment. */
interface Variable {
  readonly name: string;
  readonly value: string;
}

/** A map of names and values, or a list of `NAME=value`. */
export const environment: Shape<readonly Variable[]> = ways(
  [
    derive(
      map({expects: 'the name of a variable', pattern: `^${namePattern}$`, make: String}, text(), 'a map of variables'),
      (rows) => rows.map(({name, value}) => ({name: name.value, value: value.value})),
    ),
    derive(
      list(
        word({expects: 'a variable such as NAME=value', pattern: `^${namePattern}=`, make: splitVariable}),
        'a list of variables',
      ),
      distinct,
    ),
  ],
  'a map of variables, or a list of NAME=value',
);

function splitVariable(text: string): Variable {
  const equals = text.indexOf('=');
  return {name: text.slice(0, equals), value: text.slice(equals + 1)};
}

function distinct(variables: readonly Located<Variable>[], _at: unknown, page: Page): readonly Variable[] {
  const first = new Map<string, Located<Variable>>();
  for (const variable of variables) {
    const before = first.get(variable.value.name);
    if (before === undefined) first.set(variable.value.name, variable);
    else {
      page.error(variable.at, `The variable ${quote(variable.value.name)} is set twice.`, {
        notes: [{message: 'It was set first here.', at: before.at}],
      });
    }
  }
  return variables.map((variable) => variable.value);
}
