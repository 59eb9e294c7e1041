// SPDX-License-Identifier: BSD-3-Clause

import {
  boolean,
  choice,
  derive,
  integer,
  type Located,
  type Location,
  list,
  listOfDistinct,
  printSize,
  quote,
  record,
  required,
  type Shape,
  sentence,
  size,
  text,
  variants,
} from '../base/index.ts';
import type {Option} from './option.ts';

/** An option before it has its name. */
export type NamelessOption = Option extends infer O ? (O extends Option ? Omit<O, 'name' | 'at'> : never) : never;

const means = required(sentence(), {
  means: 'What it does, and what it costs.',
  example: 'TCP connections open at once.',
});
const expects = 'a map of type, default and means';

function ofType<const T extends string>(type: T) {
  return required(choice([type]), {means: 'The type of the option.', example: type});
}

const booleanOption = derive(
  record(
    {
      type: ofType('boolean'),
      default: required(boolean(), {means: 'What counts when nobody says otherwise.', example: 'true'}),
      means,
    },
    {expects},
  ),
  (values): NamelessOption => ({type: 'boolean', default: values.default.value, means: values.means.value}),
);

const stringOption = derive(
  record(
    {
      type: ofType('string'),
      default: required(text(), {means: 'What counts when nobody says otherwise.', example: 'shop'}),
      means,
    },
    {expects},
  ),
  (values): NamelessOption => ({type: 'string', default: values.default.value, means: values.means.value}),
);

const enumerationOption = derive(
  record(
    {
      type: ofType('enumeration'),
      values: required(listOfDistinct(text(), 'a list of values'), {
        means: 'For `enumeration`: what can be chosen.',
        example: '[fast, small]',
      }),
      default: required(text(), {means: 'What counts when nobody says otherwise.', example: 'fast'}),
      means,
    },
    {expects},
  ),
  (values, _at, page): NamelessOption | undefined => {
    const words = values.values.value.map((each) => each.value);
    if (words.includes(values.default.value)) {
      return {type: 'enumeration', values: words, default: values.default.value, means: values.means.value};
    }
    return page.error(values.default.at, `The default ${quote(values.default.value)} is not one of the values.`, {
      notes: [{message: 'The values are these.', at: values.values.at}],
    });
  },
);

const integerOption = numeric('integer', {shape: integer(), example: '[1, 256]', otherwise: '16', print: String});
const sizeOption = numeric('size', {shape: size(), example: '[4 KiB, 1 MiB]', otherwise: '64 KiB', print: printSize});

/** The table of one option of a lib. */
export const optionTable: Shape<NamelessOption> = variants(
  'type',
  {
    boolean: booleanOption,
    integer: integerOption,
    size: sizeOption,
    enumeration: enumerationOption,
    string: stringOption,
  },
  expects,
);

interface Numeric {
  readonly shape: Shape<number>;
  readonly example: string;
  readonly otherwise: string;
  readonly print: (value: number) => string;
}

function numeric(type: 'integer' | 'size', {shape, example, otherwise, print}: Numeric): Shape<NamelessOption> {
  const bounds = derive(pair(shape), ([low, high], at, page): readonly [number, number] | undefined => {
    if (low.value <= high.value) return [low.value, high.value];
    return page.error(
      at,
      `Expected a range with the smaller end first, but was ${print(low.value)} to ${print(high.value)}.`,
    );
  });
  return derive(
    record(
      {
        type: ofType(type),
        range: required(bounds, {means: 'For `integer` and `size`: the smallest and the largest value.', example}),
        default: required(shape, {means: 'What counts when nobody says otherwise.', example: otherwise}),
        means,
      },
      {expects},
    ),
    (values, _at, page): NamelessOption | undefined => {
      const [low, high] = values.range.value;
      const {value, at} = values.default;
      if (value >= low && value <= high) return {type, range: [low, high], default: value, means: values.means.value};
      return page.error(at, `The default ${print(value)} is outside the range from ${print(low)} to ${print(high)}.`, {
        notes: [{message: 'The range is this.', at: values.range.at}],
      });
    },
  );
}

function pair(item: Shape<number>): Shape<readonly [Located<number>, Located<number>]> {
  const expected = 'a list of the smallest and the largest value';
  const shape = list(item, expected);
  return derive(
    shape,
    (items, at: Location, page): readonly [Located<number>, Located<number>] | undefined => {
      const [low, high, more] = items;
      if (low !== undefined && high !== undefined && more === undefined) return [low, high];
      return page.error(at, `Expected ${expected}, but was a list of ${items.length}.`);
    },
    {...shape.schema, minItems: 2, maxItems: 2},
  );
}
