// SPDX-License-Identifier: BSD-3-Clause

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readAnyYaml} from './any-yaml.ts';
import {readPlainYaml} from './plain-yaml.ts';
import {Page} from './shape.ts';

const kit = join(import.meta.dirname, '../../..');

/** The parser of all of YAML is the judge: what the quick one reads, it reads the same. */
function expectSame(text: string): 'read' | 'left' {
  const quick = readPlainYaml(text);
  if (quick === undefined) return 'left';
  const page = new Page({path: 'x.yaml', text});
  const whole = readAnyYaml(page);
  expect(page.diagnostics, text).toEqual([]);
  expect(quick, text).toEqual(whole);
  return 'read';
}

describe('the quick reader reads', () => {
  test.each([
    ['a map', 'a: 1\nb: two\n'],
    ['nothing after a key', 'a:\nb: 1\n'],
    ['nested maps and comments', '# top\na:\n  # in\n  b: c   # end\n\n  d: e\n# out\nf: g'],
    ['lists at both indents', 'a:\n  - b\n  - c\nd:\n- e\n- f: 1\n  g: 2\nh: 3\n'],
    ['brackets over lines', 'a: [1, two,\n    {b: c, d: [e]}, # why\n    f,\n  ]\nb: {}\nc: []\n'],
    ['brackets on the line after', 'a: # why\n  [b,\n   c]\nd:\n  {e: 1,\n  f: 2}\ng: 3\n'],
    ['quotes', `a: "b: c # d"\nb: 'it''s'\nc: ["x, y", 'z']\n`],
    ['common escapes', 'a: "one\\n\\"two\\"\\t\\\\"\nb: ["\\n", c]\n'],
    ['numbers as they are written', 'a: 0x100000\nb: 1.10\nc: -3\nd: 1.0.0\ne: +7\nf: 08\n'],
    ['words that mean something', 'a: true\nb: False\nc: yes\nd: nullable\n'],
    ['a folded text', 'a: >-\n  one\n  two # three\nb: c\n'],
    ['flags, paths and ranges', "a: [-DX=1, --gc-sections, src/**/*.c]\nb: ^1.2\nc: ~2\nd: <3\ne: '*'\n"],
  ])('%s', (_title, text) => {
    expect(expectSame(text)).toBe('read');
  });
});

describe('the quick reader leaves alone', () => {
  test.each([
    ['what is no map', '- a\n'],
    ['nothing at all', '# only a comment\n'],
    ['anchors', 'a: &x 1\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['tabs', 'a:\n\tb: 1\n'],
    ['a text that goes on', 'a: b\n  c\n'],
    ['a colon in a text', 'a: b: c\n'],
    ['a bracket that is not closed', 'a: [b\n'],
    ['a quote that is not closed', 'a: "b\n'],
    ['rare escapes', 'a: "\\x41"\n'],
    ['several documents', 'a: 1\n---\nb: 2\n'],
    ['wrong indents', 'a:\n    b: 1\n  c: 2\n'],
  ])('%s', (_title, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });
});

test('every manifest of the kit is read quickly, and the same', () => {
  const left = [...manifests()].filter(([, text]) => expectSame(text) === 'left').map(([path]) => path);
  expect(left).toEqual([]);
});

test('whatever it reads of broken manifests, it reads the same', () => {
  const texts = [...manifests().values()];
  const random = generator(7);
  const pieces = [
    ' ',
    '\n',
    ':',
    ': ',
    '- ',
    '#',
    ' #',
    '[',
    ']',
    '{',
    '}',
    ',',
    "'",
    '"',
    '&',
    '*',
    '|',
    '>',
    '!',
    '%',
    '@',
    '?',
    '~',
    '0',
    'x',
    '\n  ',
    '-',
    '<<: ',
  ];
  let read = 0;
  for (let round = 0; round < 3000; round++) {
    let text = texts[random(texts.length)] ?? '';
    for (let change = random(3); change >= 0; change--) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + random(4));
    }
    if (expectSame(text) === 'read') read++;
  }
  expect(read).toBeGreaterThan(300);
});

function manifests(): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of ['libs', 'libs/interfaces', 'platforms', 'arch', 'apps'].map((name) => join(kit, name))) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      for (const file of ['lib.yaml', 'interface.yaml', 'fake/lib.yaml', 'Kraftfile']) {
        const path = join(folder, name, file);
        if (existsSync(path)) found.set(path, readFileSync(path, 'utf8'));
      }
    }
  }
  return found;
}

/** Numbers below `limit`, the same in every run. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
