// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from 'vitest';
import {repository} from '../rig/repository.ts';

const gates = [
  {title: 'types are right', program: 'tsc', args: ['--noEmit']},
  {title: 'layout and imports are as biome has them', program: 'biome', args: ['check', '.']},
  {title: 'the rules that need types hold', program: 'eslint', args: ['.']},
  {
    title: 'rooms open only the doors that ARCHITECTURE.md names',
    program: 'depcruise',
    args: ['toolkit', 'cli', 'tui'],
  },
  {title: 'no code is dead', program: 'knip', args: ['--no-config-hints']},
] as const;

test.each(gates)('$title', {timeout: 240_000}, ({program, args}) => {
  const result = spawnSync(path.join(repository, 'node_modules/.bin', program), args, {
    cwd: repository,
    encoding: 'utf8',
  });
  expect({status: result.status, output: result.status === 0 ? '' : result.stdout + result.stderr}).toEqual({
    status: 0,
    output: '',
  });
});
