// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import type {Spec} from '../spec/index.ts';
import {place, planInput} from './fixture.ts';
import {appFiles} from './source-files.ts';

const files = ['README.md', 'main.c', 'main.h', 'src/boot.S', 'src/deep/page.c', 'tools/make.c'];

function found(...globs: readonly string[]): readonly string[] {
  const sources: Spec['sources'] = globs.map((value) => ({value, at: place('Kraftfile', value)}));
  return appFiles({...planInput({}).spec, sources}, files).files;
}

test.each([
  {
    title: 'without a word, beside the Kraftfile and under src',
    globs: [],
    expected: ['main.c', 'src/boot.S', 'src/deep/page.c'],
  },
  {title: 'a file', globs: ['tools/make.c'], expected: ['tools/make.c']},
  {title: 'a file from here', globs: ['./main.c'], expected: ['main.c']},
  {
    title: 'a file that two globs fit, once',
    globs: ['**/*.c', 'main.*'],
    expected: ['main.c', 'src/deep/page.c', 'tools/make.c'],
  },
])('$title', ({globs, expected}) => {
  expect(found(...globs)).toEqual(expected);
});
