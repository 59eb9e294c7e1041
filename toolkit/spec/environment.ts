// SPDX-License-Identifier: BSD-3-Clause

import {derive, listOfDistinct, map, quote, type Shape, text, ways, word} from '../base/index.ts';

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
      listOfDistinct(
        word({expects: 'a variable such as NAME=value', pattern: `^${namePattern}=`, make: splitVariable}),
        'a list of variables',
        {key: ({name}) => name, message: (name) => `The variable ${quote(name)} is set twice.`},
      ),
      (variables) => variables.map((variable) => variable.value),
    ),
  ],
  'a map of variables, or a list of NAME=value',
);

function splitVariable(text: string): Variable {
  const equals = text.indexOf('=');
  return {name: text.slice(0, equals), value: text.slice(equals + 1)};
}
