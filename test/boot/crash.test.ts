// SPDX-License-Identifier: BSD-3-Clause

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {boot} from './boot.ts';

const folder = join(import.meta.dirname, 'crash');
const crashes = readdirSync(folder, {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map(({name}) => name);

const settings = [
  {compiler: 'gcc', machine: 'microvm'},
  {compiler: 'clang', machine: 'q35'},
] as const;

describe.each(settings)('under $compiler on $machine', ({compiler, machine}) => {
  test.each(crashes)('%s is a panic of that name', {timeout: 60_000}, async (name) => {
    const files = readdirSync(join(folder, name)).map((file) => [file, readFileSync(join(folder, name, file), 'utf8')]);
    const project = temporaryProject(Object.fromEntries(files));
    const {outcome, console} = await boot(project.folder, {compiler, machine});
    expect(console.split('\n').find((line) => line.startsWith('panic: '))).toMatch(pattern(project.read('expected')));
    expect(console).toMatch(/^ {2}at /m);
    expect(outcome).toEqual({kind: 'panicked'});
  });
});

/** `*` stands for what varies. */
function pattern(expected: string): RegExp {
  const parts = expected
    .trimEnd()
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('\\S+')}$`);
}
