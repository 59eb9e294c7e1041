// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {printDiagnostic} from '../base/index.ts';
import {findKraftfile} from './index.ts';

test.each([
  ['the usual name', ['Kraftfile', 'main.c'], 'Kraftfile'],
  ['an ending for editors', ['Kraftfile.yaml'], 'Kraftfile.yaml'],
  ['the short ending', ['Kraftfile.yml'], 'Kraftfile.yml'],
  ["KraftKit's old name", ['kraft.yaml'], 'kraft.yaml'],
])('%s is found', (_title, names, expected) => {
  const found = findKraftfile(names, 'apps/shop');
  expect(found.ok && found.value).toBe(expected);
});

test.each([
  [
    'none',
    ['main.c'],
    'error: There is no Kraftfile in apps/shop.\n  help: Write one with kraft-ts init, or name another folder.',
  ],
  [
    'two',
    ['Kraftfile', 'kraft.yaml'],
    'error: There are several Kraftfiles in apps/shop: Kraftfile and kraft.yaml.\n  help: Keep one of them, for example Kraftfile.',
  ],
])('%s is a mistake', (_title, names, expected) => {
  const found = findKraftfile(names, 'apps/shop');
  expect(found.ok ? '' : printDiagnostic(found.error)).toBe(expected);
});
