// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {printDiagnostics} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import {bootOrder} from './boot-order.ts';
import {aLib, anInterface, arch, need, planInput, platform} from './fixture.ts';
import {imageLibs} from './image-libs.ts';

function order(libs: readonly Lib[]): string {
  const all = libs.some(({kind}) => kind === 'platform') ? libs : [platform({needs: ['b']}), arch(), ...libs];
  const interfaces = ['a', 'b', 'c', 'd', 'e'].map((name) => anInterface(name));
  const {solution, catalog} = planInput({libs: all, interfaces});
  const result = bootOrder(imageLibs(solution, catalog));
  return result.ok ? result.value.map(({lib}) => lib.name).join(' ') : printDiagnostics(result.error);
}

const starting = (name: string, needs: readonly (string | ReturnType<typeof need>)[] = []): Lib =>
  aLib(`lib-${name}`, {provides: [name], needs, starts: `lib_${name}_start`});
const still = (name: string, needs: readonly string[] = []): Lib => aLib(`lib-${name}`, {provides: [name], needs});

test.each([
  {title: 'nothing starts', libs: [still('a'), still('b')], expected: ''},
  {title: 'without needs, by name', libs: [starting('c'), starting('a'), starting('b')], expected: 'lib-a lib-b lib-c'},
  {
    title: 'a provider before who needs it',
    libs: [starting('a', ['c']), starting('b'), starting('c')],
    expected: 'lib-b lib-c lib-a',
  },
  {
    title: 'a need through a lib that does not start',
    libs: [starting('a', ['b']), still('b', ['c']), starting('c')],
    expected: 'lib-c lib-a',
  },
  {
    title: 'a cycle of libs that do not start',
    libs: [still('a', ['b']), still('b', ['a']), starting('c', ['a'])],
    expected: 'lib-c',
  },
  {
    title: 'a cycle with one lib that starts',
    libs: [still('a', ['b']), starting('b', ['a']), starting('c', ['b'])],
    expected: 'lib-b lib-c',
  },
  {
    title: 'a cycle through the platform, which starts the others',
    libs: [starting('a', ['boot']), starting('b', ['boot'])],
    expected: 'lib-a lib-b',
  },
  {
    title: 'a need whose condition does not hold',
    libs: [starting('a', [need('b', {when: {options: {fast: true}}})]), starting('b', ['a'])],
    expected: 'lib-a lib-b',
  },
  {
    title: 'platform and arch first when they start',
    libs: [platform({starts: 'metal_start', needs: ['a']}), arch({starts: 'chip_start'}), starting('a', ['boot'])],
    expected: 'chip metal lib-a',
  },
])('$title', ({libs, expected}) => {
  expect(order(libs)).toBe(expected);
  expect(order([...libs].reverse())).toBe(expected);
});

test('a cycle of libs that start is drawn', () => {
  const libs = [
    starting('a', ['b']),
    starting('b', ['c']),
    still('c', ['d']),
    starting('d', ['a']),
    starting('e', ['a']),
  ];
  expect(
    order(libs),
  ).toBe(`libs/lib-a/lib.yaml:1:1: error: No order of starting fits lib-a, lib-b and lib-d: each needs the others to have started.
  1 | lib-a
    | ~~~~~
  note: The cycle: lib-a needs b, from lib-b needs c, from lib-c needs d, from lib-d needs a, from lib-a.
  note: lib-a needs b here. (needs b:1:1)
  1 | b
    | ~
  note: lib-b needs c here. (needs c:1:1)
  1 | c
    | ~
  note: lib-c needs d here. (needs d:1:1)
  1 | d
    | ~
  note: lib-d needs a here. (needs a:1:1)
  1 | a
    | ~
  help: Choose another provider for one of a, b, c and d.`);
});
