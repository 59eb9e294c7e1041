// SPDX-License-Identifier: BSD-3-Clause

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {schemaChecker} from '../../test/rig/schema.ts';
import {kraftfileHelp, kraftfileReference, kraftfileSchema, parseKraftfile} from './index.ts';

const kit = join(import.meta.dirname, '../..');
const bySchema = schemaChecker(kraftfileSchema());
const byChecker = (text: string) => parseKraftfile({path: 'Kraftfile', text}, '/home/me/shop/Kraftfile').ok;

test.each([
  ['schema/kraftfile.schema.json', kraftfileSchema],
  ['docs/kraftfile.md', kraftfileReference],
])('%s is up to date: npx tsx schema/generate.ts', (path, generate) => {
  expect(readFileSync(join(kit, path), 'utf8')).toBe(generate());
});

test('the schema accepts Kraftfile.example', () => {
  expect(bySchema(readFileSync(join(kit, 'Kraftfile.example'), 'utf8'))).toBe(true);
});

const good = [
  'name: a',
  'cmd: a b',
  'cmd: [a, 1, true]',
  'env: {A: 1}',
  'env: [A=1]',
  'env: {}',
  'labels: {a.b: 1.10}',
  'libraries: {a: }',
  'libraries: {a: 1}',
  'libraries: {a: ^1}',
  'libraries: {a: {version: 1.2, options: {b: 1, c: x, d: true}}}',
  'needs: [a]',
  'needs: {a: ^1, b: }',
  'targets: [a/b]',
  'targets: [{plat: a, architecture: b}]',
  'minimize: size',
  'minimize: [size, boot]',
  'memory: 64 MiB',
  'memory: 65536',
  'sources: a.c',
  'sources: [src/**/*.c, ./b.c]',
  'include: .',
  'flags: [-O2]',
  'prefer: [a, b]',
  'choose: {a: b}',
  'x-mine: {a: 1}',
  'rootfs: ./a',
  'volumes: [./a:/a]',
];
const bad = [
  'name: [a]',
  'name: my app',
  'nam: a',
  'cmd: {a: b}',
  'cmd: [[a]]',
  'env: {1A: 1}',
  'env: [A]',
  'env: {A: [1]}',
  'labels: [a]',
  'libraries: [a]',
  'libraries: {A: ^1}',
  'libraries: {a: latest}',
  'libraries: {a: {versoin: 1}}',
  'libraries: {a: {options: {b: [1]}}}',
  'libraries: {a: true}',
  'needs: a',
  'needs: [a, a]',
  'needs: {a: soon}',
  'targets: a/b',
  'targets: [a]',
  'targets: [{plat: a}]',
  'targets: [{plat: a, platform: a, arch: b}]',
  'minimize: speed',
  'minimize: [size, size]',
  'memory: 64M',
  'memory: -1',
  'memory: 12',
  'memory: true',
  'sources: ../a.c',
  'sources: [/a.c]',
  'sources: {a: b}',
  'include: 3',
  'flags: [O2]',
  'flags: -O2',
  'prefer: a',
  'choose: [a]',
  'choose: {a: [b]}',
  'unikraft: stable',
  'kconfig: {}',
  'specification: v1',
  'name:',
  'rootfs: [a]',
  'volumes: a',
];

describe('the schema agrees with the checker that this is right', () => {
  test.each(good)('%s', (line) => {
    expect([byChecker(`spec: v1\n${line}\n`), bySchema(`spec: v1\n${line}\n`)]).toEqual([true, true]);
  });
});

describe('the schema agrees with the checker that this is wrong', () => {
  test.each([...bad, 'x: 1'])('%s', (line) => {
    expect([byChecker(`spec: v1\n${line}\n`), bySchema(`spec: v1\n${line}\n`)]).toEqual([false, false]);
  });
  test.each(['name: a', 'spec: v2', 'spec: 1', '[]', 'a'])('%s, alone', (text) => {
    expect([byChecker(`${text}\n`), bySchema(`${text}\n`)]).toEqual([false, false]);
  });
});

test('the help has a line for each key', () => {
  expect(kraftfileHelp().split('\n')[0]).toBe('  spec       The version of this format.');
  expect(kraftfileHelp().split('\n')).toHaveLength(19);
});

test('whatever becomes of a Kraftfile, the checker answers', () => {
  const texts = readdirSync(join(import.meta.dirname, 'golden')).map(
    (name) => readFileSync(join(import.meta.dirname, 'golden', name), 'utf8').split('────')[0] ?? '',
  );
  const pieces = [
    ' ',
    '\n',
    ':',
    ': ',
    '- ',
    '#',
    '[',
    ']',
    '{',
    '}',
    ',',
    "'",
    '"',
    '&a ',
    '*a',
    '|',
    '>',
    '!',
    '%',
    '@',
    '?',
    '~',
    '\t',
    '\u0000',
    '\ufeff',
    'é',
    '__proto__: ',
    'constructor: 1\n',
    '---\n',
    '1e999',
    '.nan',
    '<<: ',
  ];
  let state = 1;
  const random = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let round = 0; round < 3000; round++) {
    let text = texts[random(texts.length)] ?? '';
    for (let change = random(4); change >= 0; change--) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + random(6));
    }
    const parsed = parseKraftfile({path: 'Kraftfile', text}, '/home/me/shop/Kraftfile');
    if (parsed.ok) continue;
    expect(parsed.error.length, text).toBeGreaterThan(0);
    for (const {at, message} of parsed.error) {
      expect(message).toMatch(/[.]$/);
      expect(at && at.offset >= 0 && at.length >= 0 && at.offset + at.length <= text.length, text).toBe(true);
    }
  }
});
