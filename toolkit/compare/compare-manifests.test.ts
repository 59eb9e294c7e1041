// SPDX-License-Identifier: BSD-3-Clause

import {describe, expect, test} from 'vitest';
import {version} from '../base/index.ts';
import {type Interface, type Lib, loadFolder} from '../catalog/index.ts';
import {memoryHost} from '../host/index.ts';
import type {Change} from './change.ts';
import {compareInterfaces} from './compare-interfaces.ts';
import {compareLibs} from './compare-libs.ts';
import {verdict} from './verdict.ts';

const declared: ReadonlySet<string> = new Set();

async function lib(more: string): Promise<Lib> {
  const text = `name: shop\nversion: 1.0.0\nsummary: For a test.\n${more.includes('license:') ? '' : 'license: MIT\n'}${more}`;
  const host = memoryHost({files: {'/work/lib.yaml': text}});
  const loaded = await loadFolder(host, '/work', {libs: [], interfaces: []});
  if (!loaded.ok || loaded.value.kind !== 'lib') throw new Error(JSON.stringify(loaded));
  return loaded.value.lib;
}

async function contract(more: string, header = 'shop.h'): Promise<Interface> {
  const cardinality = more.includes('cardinality') ? '' : 'cardinality: one\n';
  const text = `name: shop\nversion: 1.0.0\nsummary: For a test.\n${cardinality}${more}`;
  const host = memoryHost({files: {'/work/interface.yaml': text, [`/work/include/kraft/${header}`]: ''}});
  const loaded = await loadFolder(host, '/work', {libs: [], interfaces: []});
  if (!loaded.ok || loaded.value.kind !== 'interface') throw new Error(JSON.stringify(loaded));
  return loaded.value.interface;
}

const said = (changes: readonly Change[]): readonly string[] => changes.map(({bump, message}) => `${bump}: ${message}`);

const option = (more: string): string => `options: {size: {${more}, means: A size.}}\n`;
const integer = (low: number, high: number, normal: number): string =>
  option(`type: integer, range: [${low}, ${high}], default: ${normal}`);
const values = (list: string): string => option(`type: enumeration, values: [${list}], default: a`);

const libs: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['nothing', 'needs: {mem: ^1}\n', 'needs: {mem: {version: ^1, because: of it}}\n', []],
  ['a new need', '', 'needs: {mem: ^1}\n', ['major: it needs mem ^1, and did not']],
  ['a need that is gone', 'needs: {mem: ^1}\n', '', ['patch: it no longer needs mem']],
  [
    'a narrowed range of a need',
    'needs: {mem: ^1}\n',
    'needs: {mem: ^1.2}\n',
    ['major: it needs mem ^1.2, and was content with ^1'],
  ],
  [
    'a wider range of a need',
    'needs: {mem: ^1}\n',
    "needs: {mem: '>=1'}\n",
    ['minor: it is content with mem >=1, and needed ^1'],
  ],
  [
    'more providers of a need',
    'needs: {netdev: {version: ^1, at-least: 1}}\n',
    'needs: {netdev: {version: ^1, at-least: 2}}\n',
    ['major: it needs 2 of netdev, and needed 1'],
  ],
  [
    'an option that a need asks for',
    'needs: {mem: ^1}\n',
    'needs: {mem: {version: ^1, options: {pages: 2}}}\n',
    ['major: it needs mem with pages 2'],
  ],
  [
    'a need on one platform',
    '',
    'needs: {mem: {version: ^1, when: {platform: kvm}}}\n',
    ['major: it needs mem ^1, and did not (where the platform is kvm)'],
  ],
  [
    'a need that only a new option brings',
    '',
    `needs: {mem: {version: ^1, when: {options: {size: 9}}}}\n${integer(1, 9, 1)}`,
    ['minor: it needs mem ^1 where a new option says so', 'minor: the option size is new'],
  ],
  [
    'another major version of what it provides',
    'provides: {alloc: 1.0.0}\n',
    'provides: {alloc: 2.0.0}\n',
    ['major: it provides alloc 2.0.0, and provided 1.0.0'],
  ],
  [
    'a newer version of what it provides',
    'provides: {alloc: 1.0.0}\n',
    'provides: {alloc: 1.1.0}\n',
    ['minor: it provides alloc 1.1.0, and provided 1.0.0'],
  ],
  [
    'an interface more, an interface less',
    'provides: {alloc: 1.0.0}\n',
    'provides: {mem: 1.0.0}\n',
    ['major: it no longer provides alloc', 'minor: it provides mem'],
  ],
  ['a new exclusion', '', "excludes: {other: '*'}\n", ['major: it excludes other, and did not']],
  ['an exclusion that is gone', "excludes: {other: '*'}\n", '', ['minor: it no longer excludes other']],
  [
    'an exclusion of more versions',
    'excludes: {other: ^1}\n',
    "excludes: {other: '*'}\n",
    ['major: it excludes other *, and did ^1'],
  ],
  ['a removed option', integer(1, 9, 1), '', ['major: the option size is gone']],
  [
    'a narrowed range of an option',
    integer(1, 9, 1),
    integer(1, 8, 1),
    ['major: the option size goes from 1 to 8, and went from 1 to 9'],
  ],
  [
    'a wider range of an option',
    integer(1, 9, 1),
    integer(0, 9, 1),
    ['minor: the option size goes from 0 to 9, and went from 1 to 9'],
  ],
  ['another default', integer(1, 9, 1), integer(1, 9, 2), ['minor: the option size is 2 by default, and was 1']],
  [
    'another type of an option',
    integer(1, 9, 1),
    option('type: string, default: x'),
    ['major: the option size is of type string, and was of type integer'],
  ],
  [
    'a value less, a value more',
    values('a, b'),
    values('a, c'),
    ['major: the option size can no longer be b', 'minor: the option size can be c'],
  ],
  ['one arch less', 'arch: [one, two]\n', 'arch: [one]\n', ['major: it is no longer for arch two']],
  ['one platform only', '', 'platform: kvm\n', ['major: it is for platform kvm only']],
  ['every platform', 'platform: kvm\n', '', ['minor: it is for every platform']],
  ['by name only', '', 'only-by-name: true\n', ['major: it is chosen by name only']],
  ['recommended', '', 'recommended: true\n', ['minor: it is recommended, so that images may choose otherwise']],
  ['a symbol less', 'exports: [a, b]\n', 'exports: [a]\n', ['major: b is no longer exported']],
  ['a symbol more', 'exports: [a]\n', 'exports: [a, b]\n', ['minor: b is exported']],
  ['another licence', 'license: MIT\n', 'license: GPL-2.0-only\n', ['major: the licence is GPL-2.0-only, and was MIT']],
  [
    'another version of third-party code',
    `sources: [{name: z, version: '1.2', sha256: ${'a'.repeat(64)}, npm: z@1.2.0}]\n`,
    `sources: [{name: z, version: '1.3', sha256: ${'b'.repeat(64)}, npm: z@1.3.0}]\n`,
    ['minor: it is made of z 1.3, and was of 1.2'],
  ],
];

describe('a lib.yaml', () => {
  test.each(libs)('%s', async (_, before, after, expected) => {
    expect(said(compareLibs(await lib(before), await lib(after), {declared}))).toEqual(expected);
  });
});

const interfaces: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'a symbol less, a symbol more',
    'symbols: [a, b]\n',
    'symbols: [a, c]\n',
    [
      'major: b is no longer a symbol of it',
      'major: c is a new symbol of it, which providers of the older version do not define',
    ],
  ],
  [
    'another cardinality',
    'symbols: [a]\n',
    'cardinality: any\ndriver: d\n',
    [
      'major: the cardinality is any, and was one',
      'major: the driver is d, and was none',
      'major: a is no longer a symbol of it',
    ],
  ],
  ['open', '', 'contract: open\n', ['major: the contract is open, and was closed']],
  [
    'another header that it includes',
    'uses: [sched]\n',
    'uses: [mem]\n',
    ['major: it no longer uses sched, whose header came with it', 'minor: it uses mem'],
  ],
  [
    'what the build generates',
    'generated: [a]\n',
    'generated: [b]\n',
    ['major: a is no longer generated', 'minor: b is generated'],
  ],
];

describe('an interface.yaml', () => {
  test.each(interfaces)('%s', async (_, before, after, expected) => {
    expect(said(compareInterfaces(await contract(before), await contract(after), {declared}))).toEqual(expected);
  });

  test('another header', async () => {
    const found = compareInterfaces(await contract(''), await contract('', 'store.h'), {declared});
    expect(said(found)).toEqual([
      'major: the header <kraft/shop.h> is gone',
      'minor: the header <kraft/store.h> is new',
    ]);
  });
});

const numbers: readonly (readonly [string, Change['bump'] | undefined, string, string, boolean])[] = [
  ['1.2.3', undefined, '1.2.3', '1.2.3', true],
  ['1.2.3', 'patch', '1.2.3', '1.2.4', false],
  ['1.2.3', 'minor', '1.2.4', '1.3.0', false],
  ['1.2.3', 'minor', '1.3.0', '1.3.0', true],
  ['1.2.3', 'major', '1.3.0', '2.0.0', false],
  ['1.2.3', 'major', '2.0.0', '2.0.0', true],
  ['1.2.3', 'major', '2.0.0-rc.1', '2.0.0', true],
  ['1.2.3', 'patch', '3.0.0', '1.2.4', true],
  ['0.2.3', 'major', '0.2.4', '0.3.0', false],
  ['0.2.3', 'major', '0.3.0', '0.3.0', true],
  ['0.2.3', 'minor', '0.2.4', '0.2.4', true],
  ['0.0.3', 'patch', '0.0.4', '0.0.4', true],
  ['0.0.3', 'major', '0.0.4', '0.0.4', true],
  ['2.0.0-rc.1', 'major', '2.0.0', '2.0.0', true],
  ['2.0.0-rc.1', 'major', '2.0.0-rc.2', '2.0.0', true],
];

test.each(numbers)('%s and a %s change: %s needs %s, so it is enough: %s', (before, bump, after, least, enough) => {
  const changes = bump === undefined ? [] : [{bump, message: 'it is otherwise'}];
  const facts = {kind: 'lib', name: 'shop', before: version(before), after: version(after)} as const;
  expect(verdict(facts, changes)).toMatchObject({least, enough});
});
