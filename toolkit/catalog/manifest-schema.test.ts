// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {schemaChecker} from '../../test/rig/schema.ts';
import {readDocument} from '../base/index.ts';
import {nodeHost} from '../host/index.ts';
import {interfaceSchema, interfaceTable, libSchema, libTable, loadCatalog, manifestReference} from './index.ts';

const kit = join(import.meta.dirname, '../..');

test.each([
  ['schema/lib.schema.json', libSchema],
  ['schema/interface.schema.json', interfaceSchema],
  ['docs/manifests.md', manifestReference],
])('%s is up to date: npx tsx schema/generate.ts', (path, generate) => {
  expect(readFileSync(join(kit, path), 'utf8')).toBe(generate());
});

test('the schemas accept every manifest of the bundled catalog', async () => {
  const loaded = await loadCatalog(nodeHost(), [{folder: kit, origin: 'bundled'}]);
  if (!loaded.ok) return;
  const isLib = schemaChecker(libSchema());
  const isInterface = schemaChecker(interfaceSchema());
  for (const {at} of loaded.value.libs) expect([at.source.path, isLib(at.source.text)]).toEqual([at.source.path, true]);
  for (const {at} of loaded.value.interfaces)
    expect([at.source.path, isInterface(at.source.text)]).toEqual([at.source.path, true]);
});

const head = 'name: a\nversion: 1.0.0\nsummary: x\nlicense: MIT\n';
const sha = '0a'.repeat(32);

describe('the schema of lib.yaml agrees with the checker', () => {
  const bySchema = schemaChecker(libSchema());
  const byChecker = (text: string) => readDocument({path: 'lib.yaml', text}, libTable).ok;
  test.each([
    'provides: {a: 1.0.0}',
    'needs: {a: ^1, b: {version: 1, at-least: 2, because: x}, c: }',
    "excludes: {a: '*', b: {because: x, when: {options: {c: 1}}}}",
    'arch: a',
    'arch: [a, b]',
    'platform: [a]',
    'starts: a_start',
    'starts: a_start\nends: an_end',
    'exports: [a]',
    'flags: [-O2]',
    'budget: {text: 1 KiB}',
    'measured: {boot: 3}',
    'options: {a: {type: integer, range: [1, 2], default: 1, means: x}}',
    'options: {a: {type: boolean, default: true, means: x}}',
    'options: {a: {type: size, range: [1, 2 KiB], default: 1, means: x}}',
    'options: {a: {type: enumeration, values: [b], default: b, means: x}}',
    `sources: [{name: a, version: 1, sha256: ${sha}, npm: a@1.0.0}]`,
    'recommended: true',
    'only-by-name: false',
    'boot: {entry: e, base: 0x1000, machines: {m: {means: x}}, default-machine: m}',
    'compile: {triple: a-b, elf-machine: 3, qemu: q}',
  ])('right: %s', (line) => {
    expect([byChecker(`${head}${line}\n`), bySchema(`${head}${line}\n`)]).toEqual([true, true]);
  });
  test.each([
    'provides: [a]',
    'provides: {a: 1}',
    'provides: {a: 1.2}',
    'needs: [a]',
    'needs: {a: {at-least: many}}',
    'needs: {a: {when: {option: {}}}}',
    'excludes: [a]',
    'arch: [a, a]',
    'arch: A',
    'starts: a-start',
    'starts: a_start\nends: an-end',
    'exports: a',
    'flags: [O2]',
    'budget: {txt: 1}',
    'measured: {boot: 1.5}',
    'options: {a: {type: integr, default: 1, means: x}}',
    'options: {a: {type: integer, default: 1, means: x}}',
    'options: {a: {default: 1, means: x}}',
    'options: {a: {type: integer, range: [1], default: 1, means: x}}',
    'options: {a: {type: boolean, default: yes, means: x}}',
    'options: {a: {type: boolean, default: true, means: x, range: [1, 2]}}',
    `sources: [{name: a, version: 1, sha256: ${sha}}]`,
    `sources: [{name: a, version: 1, sha256: ${sha}, npm: a@1.0.0, url: 'https://x.org/'}]`,
    'sources: [{name: a, version: 1, sha256: x, npm: a@1.0.0}]',
    'boot: {entry: e}',
    'compile: {}',
    'recommended: yes',
    'licence: MIT',
    'name2: b',
    'boot:',
  ])('wrong: %s', (line) => {
    expect([byChecker(`${head}${line}\n`), bySchema(`${head}${line}\n`)]).toEqual([false, false]);
  });
});

describe('the schema of interface.yaml agrees with the checker', () => {
  const bySchema = schemaChecker(interfaceSchema());
  const byChecker = (text: string) => readDocument({path: 'interface.yaml', text}, interfaceTable).ok;
  const start = 'name: a\nversion: 1.0.0\nsummary: x\n';
  test.each([
    [true, 'cardinality: one'],
    [true, 'cardinality: any\ndriver: kr_a_driver'],
    [true, 'cardinality: one\ncontract: open\nsymbols: [a, b]\ngenerated: [c]\nuses: [d]'],
    [false, ''],
    [false, 'cardinality: two'],
    [false, 'cardinality: one\nsymbols: [a, a]'],
    [false, 'cardinality: one\nsymbols: [a-b]'],
    [false, 'cardinality: one\nuses: a'],
    [false, 'cardinality: one\nkind: x'],
  ])('%s: %s', (right, lines) => {
    expect([byChecker(`${start}${lines}\n`), bySchema(`${start}${lines}\n`)]).toEqual([right, right]);
  });
});
