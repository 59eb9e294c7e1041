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

test.each(['hello', 'http', 'threads'])('apps/%s has fewer than 60 lines of C, with every comment and blank', (app) => {
  const files = code.filter((file) => file.startsWith(`apps/${app}/`) && /\.[ch]$/.test(file));
  const lines = files.map((file) => readRepositoryFile(file).split('\n').length - 1);
  expect(files).not.toEqual([]);
  expect(lines.reduce((sum, one) => sum + one, 0)).toBeLessThan(60);
});

test('half of the TypeScript files have at most 80 lines, and half of the C files at most 120', () => {
  expect(medianLines(/\.tsx?$/)).toBeLessThanOrEqual(80);
  expect(medianLines(/\.[chS]$/)).toBeLessThanOrEqual(120);
});

test('every function in C has at most 60 lines, where a case that only returns is a row of a table', () => {
  const long = code
    .filter((file) => /\.[ch]$/.test(file))
    .flatMap((file) => functionsIn(readRepositoryFile(file)).map((one) => ({file, ...one})))
    .filter(({lines}) => lines > 60);
  expect(long).toEqual([]);
});

test('a function is measured from its name to its brace', () => {
  const body = (lines: number): string => '    x++;\n'.repeat(lines);
  const row = '    case 1:\n        return one(x,\n                   y);\n';
  const text = `static int a(int x,\n             int y)\n{\n${body(57)}}\n\nint b(void) {\n${row.repeat(40)}}\n`;
  expect(functionsIn(text)).toEqual([
    {name: 'a', lines: 61},
    {name: 'b', lines: 2},
  ]);
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

/** By the layout: what begins at the margin and has a body, to the next brace at the margin. */
function functionsIn(text: string): readonly {readonly name: string; readonly lines: number}[] {
  const found = text.matchAll(/^[a-zA-Z_][^;{}=]*?\b(\w+)\([^;{}]*\)\s*\{\n[\s\S]*?^\}/gm);
  return [...found].map(([whole, name = '']) => {
    const counted = whole.replaceAll(/^[ \t]*case [^\n]*:\n\s*return [^;]*;\n/gm, '');
    return {name, lines: counted.split('\n').length};
  });
}

/** `#if`, `#ifdef` and `#ifndef`, without the guard around a header. */
function conditionsIn(text: string): number {
  const all = text.match(/^\s*#\s*if/gm)?.length ?? 0;
  return all - (/^\s*#\s*ifndef (\w+)\n\s*#\s*define \1\b/m.test(text) ? 1 : 0);
}
