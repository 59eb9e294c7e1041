// SPDX-License-Identifier: BSD-3-Clause
// The long forms of tests whose short ones are in `npm test`: `npm run soak`, or `npm run soak NAME …`.

import {spawnSync} from 'node:child_process';
import path from 'node:path';

interface Soak {
  /** Of the test, beneath `test/`. */
  readonly file: string;
  /** Words of the test's title. */
  readonly title: string;
}

const soaks: Readonly<Record<string, Soak>> = {
  clang: {file: 'posix/posix.test.ts', title: 'a C program prints'},
  'large-root': {file: 'boot/large-root.test.ts', title: 'a root of 10,000 files'},
  'lua-suite': {file: 'posix/lua.test.ts', title: 'its own test suite'},
  'redis-load': {file: 'posix/redis.test.ts', title: 'fifty clients'},
  'redis-kills': {file: 'posix/redis.test.ts', title: 'acknowledged'},
  'sqlite-kills': {file: 'posix/sqlite.test.ts', title: 'committed'},
};

const root = path.resolve(import.meta.dirname, '..');
const hour = 3_600_000;
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in soaks));
if (unknown.length > 0) {
  process.stderr.write(`There is no soak run ${unknown.join(', ')}. There are: ${Object.keys(soaks).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const failed = Object.entries(soaks).filter(([name, soak]) => wanted(name) && !passes(name, soak));
  process.stdout.write(
    failed.length === 0 ? 'every soak run passed\n' : `failed: ${failed.map(([name]) => name).join(', ')}\n`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function wanted(name: string): boolean {
  return asked.length === 0 || asked.includes(name);
}

function passes(name: string, {file, title}: Soak): boolean {
  const started = Date.now();
  const {status} = spawnSync(
    path.join(root, 'node_modules/.bin/vitest'),
    ['run', `test/${file}`, '-t', title, `--testTimeout=${hour}`],
    {cwd: root, stdio: 'inherit', env: {...process.env, KRAFT_TS_SOAK: '1'}},
  );
  process.stdout.write(
    `${name}: ${status === 0 ? 'passed' : 'failed'} in ${Math.round((Date.now() - started) / 1000)} s\n`,
  );
  return status === 0;
}
