// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from 'vitest';
import {repository} from '../rig/repository.ts';

/** Shortest of several runs, in turns, so that what else the machine does counts for both. */
function shortest(commands: readonly (readonly string[])[], times: number): readonly number[] {
  const least = commands.map(() => Number.POSITIVE_INFINITY);
  for (let time = 0; time < times; time++) {
    commands.forEach(([program = '', ...args], index) => {
      const start = performance.now();
      spawnSync(program, args, {cwd: repository});
      least[index] = Math.min(least[index] ?? 0, performance.now() - start);
    });
  }
  return least;
}

test('--version takes at most one and a half times as long as bare Node', {timeout: 60_000, retry: 2}, () => {
  const tool = path.join(repository, 'bin/kraft-ts.mjs');
  const [bare = 0, version = 0] = shortest(
    [
      [process.execPath, '-e', '0'],
      [process.execPath, tool, '--version'],
    ],
    15,
  );
  expect(version / bare).toBeLessThanOrEqual(1.5);
});

test('setting up what is set up takes less than a second', {timeout: 60_000, retry: 2}, () => {
  const [setUp = 0] = shortest([['bash', 'scripts/setup.sh', '--test']], 3);
  expect(setUp).toBeLessThan(1000);
});
