// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {expect, test} from 'vitest';
import {testGoldens} from '../../../test/rig/golden.ts';
import {printDiagnostics} from '../print-diagnostic.ts';
import {list, listOfDistinct, map} from './collections.ts';
import {readDocument} from './read-document.ts';
import {optional, record, required} from './record.ts';
import {boolean, choice, integer, range, sentence, size, text, version, word} from './scalars.ts';
import {flag, pathInside} from './values.ts';
import {variants, ways} from './ways.ts';

const about = {means: 'A key.', example: '1'};
const name = {expects: 'a name in small letters', pattern: '^[a-z]+$', make: String};

/** A table with one key of each shape. */
const table = record(
  {
    name: required(word(name), {means: 'The name.', example: 'shop'}),
    port: optional(integer([1, 65535]), {...about, aliases: ['listens']}),
    size: optional(size(), about),
    ready: optional(boolean(), about),
    needs: optional(range(), about),
    version: optional(version(), about),
    mode: optional(choice(['fast', 'small']), about),
    names: optional(listOfDistinct(text(), 'a list of names'), about),
    limits: optional(map(name, integer(), 'a map of limits'), about),
    title: optional(sentence(), about),
    path: optional(pathInside, about),
    flags: optional(list(flag, 'a list of flags'), about),
    colour: optional(text(), {...about, deprecated: 'Write mode.'}),
    rows: optional(
      list(
        record({a: required(integer(), about), b: required(integer(), about)}, {expects: 'a map of a and b'}),
        'a list of rows',
      ),
      about,
    ),
    form: optional(
      ways<unknown>([
        word(name),
        record(
          {title: required(sentence(), about), depth: optional(integer(), about)},
          {expects: 'a map of title and depth'},
        ),
      ]),
      about,
    ),
    option: optional(
      variants<unknown>(
        'type',
        {
          boolean: record(
            {type: required(choice(['boolean']), about), default: required(boolean(), about)},
            {expects: 'a map'},
          ),
          integer: record(
            {type: required(choice(['integer']), about), default: required(integer(), about)},
            {expects: 'a map'},
          ),
        },
        'a map of type and default',
      ),
      about,
    ),
  },
  {
    expects: 'a map of keys, such as name: shop',
    foreign: {image: {message: 'The key "image" belongs elsewhere.', help: 'Remove it.'}},
    free: 'x-',
  },
);

testGoldens(join(import.meta.dirname, 'golden'), (input) => {
  const document = readDocument({path: 'shop.yaml', text: input}, table);
  const found = document.ok ? document.warnings : [...document.error, ...document.warnings];
  return found.length === 0 ? 'Nothing is wrong.' : printDiagnostics(found);
});

test('a bottomless document is a mistake, not a crash', () => {
  const document = readDocument({path: 'shop.yaml', text: `names: ${'['.repeat(20_000)}\n`}, table);
  expect(document.ok ? [] : document.error.map(({message}) => message)).toEqual([
    'Lists and maps are nested too deeply here.',
  ]);
});
