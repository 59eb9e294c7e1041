// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {readRepositoryFile, repositoryFiles} from '../rig/repository.ts';

const code = repositoryFiles().filter(
  (file) => /\.(ts|tsx|mjs|js|c|h|S|sh|ld)$/.test(file) && !file.includes('/golden/'),
);

test('every source file says its licence in its first three lines', () => {
  const silent = code.filter(
    (file) => !readRepositoryFile(file).split('\n', 3).join('\n').includes('SPDX-License-Identifier: BSD-3-Clause'),
  );
  expect(silent).toEqual([]);
});

test('every source file has at most 400 lines', () => {
  const long = code.filter((file) => readRepositoryFile(file).split('\n').length > 401);
  expect(long).toEqual([]);
});

test('half of the TypeScript files have at most 80 lines, and half of the C files at most 120', () => {
  expect(medianLines(/\.tsx?$/)).toBeLessThanOrEqual(80);
  expect(medianLines(/\.[chS]$/)).toBeLessThanOrEqual(120);
});

test('C has at most three #if in a thousand lines, and a header of an interface none but its guard', () => {
  const files = code.filter(
    (file) => /^(libs|platforms|arch)\/.*\.[chS]$/.test(file) && !/\/(test|conformance)\//.test(file),
  );
  const conditions = files.map((file) => ({file, count: conditionsIn(readRepositoryFile(file))}));
  const lines = files.reduce((sum, file) => sum + readRepositoryFile(file).split('\n').length, 0);
  const total = conditions.reduce((sum, {count}) => sum + count, 0);
  expect((1000 * total) / lines).toBeLessThanOrEqual(3);
  expect(
    conditions.filter(
      ({file, count}) => file.startsWith('libs/interfaces/') && file.includes('/include/') && count > 0,
    ),
  ).toEqual([]);
});

function medianLines(pattern: RegExp): number {
  const lengths = code.filter((file) => pattern.test(file)).map((file) => readRepositoryFile(file).split('\n').length);
  return lengths.sort((one, other) => one - other)[Math.floor(lengths.length / 2)] ?? 0;
}

/** `#if`, `#ifdef` and `#ifndef`, without the guard around a header. */
function conditionsIn(text: string): number {
  const all = text.match(/^\s*#\s*if/gm)?.length ?? 0;
  return all - (/^\s*#\s*ifndef (\w+)\n\s*#\s*define \1\b/m.test(text) ? 1 : 0);
}
