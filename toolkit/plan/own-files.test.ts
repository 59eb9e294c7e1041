// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {libName} from '../base/index.ts';
import {ownFiles} from './own-files.ts';

const arches = [libName('chip'), libName('wafer')];
const files = (list: readonly string[]): readonly string[] => ownFiles(list, {arch: libName('chip'), arches});

test.each([
  {
    title: 'files of no arch are taken, sorted',
    list: ['src/b.c', 'src/a.c', 'src/deep/c.c'],
    expected: ['src/a.c', 'src/b.c', 'src/deep/c.c'],
  },
  {
    title: "the arch's file replaces its namesake",
    list: ['src/copy.c', 'src/chip/copy.c'],
    expected: ['src/chip/copy.c'],
  },
  {title: 'also when it is assembly', list: ['src/copy.c', 'src/chip/copy.S'], expected: ['src/chip/copy.S']},
  {title: 'also in a folder', list: ['src/deep/copy.c', 'src/chip/deep/copy.S'], expected: ['src/chip/deep/copy.S']},
  {
    title: 'or adds to the others',
    list: ['src/copy.c', 'src/chip/entry.S'],
    expected: ['src/chip/entry.S', 'src/copy.c'],
  },
  {
    title: "another arch's files are left out, and replace nothing",
    list: ['src/copy.c', 'src/wafer/copy.c'],
    expected: ['src/copy.c'],
  },
  {title: 'a folder that no arch is named for is a folder', list: ['src/other/copy.c'], expected: ['src/other/copy.c']},
])('$title', ({list, expected}) => {
  expect(files(list)).toEqual(expected);
});
