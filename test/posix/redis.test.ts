// SPDX-License-Identifier: BSD-3-Clause
// Redis from its own source serves a client.

import {type ChildProcess, spawn} from 'node:child_process';
import {cpSync, mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {freePort} from '../../bench/http-load.ts';
import {connectRedis, untilReady} from '../rig/redis-client.ts';
import {repository} from '../rig/repository.ts';
import {spawnTool} from '../rig/tool.ts';

let folder = '';
let guest: ChildProcess | undefined;
let port = 0;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-redis-')));
  const from = path.join(repository, 'apps/redis');
  cpSync(from, folder, {recursive: true, filter: (file) => path.basename(file) !== '.kraft'});
  const built = await spawnTool(['build'], {cwd: folder});
  expect(built, built.error).toMatchObject({status: 0});
  port = await freePort();
  const program = path.join(repository, 'bin/kraft-ts.mjs');
  guest = spawn(process.execPath, [program, 'run', '--no-build', '-p', `${port}:6379`], {cwd: folder, stdio: 'ignore'});
  await untilReady(port, 60_000);
}, 1_200_000);

afterAll(async () => {
  if (guest !== undefined) {
    const ended = new Promise((resolve) => guest?.once('close', resolve));
    guest.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, {recursive: true, force: true});
});

test('it keeps what it is told: texts, lists, scripts, times', async () => {
  const client = await connectRedis(port);
  const large = 'x'.repeat(1_000_000);
  expect(await client.send('SET', 'key', 'a value, ünïcode')).toBe('OK');
  expect(await client.send('GET', 'key')).toBe('a value, ünïcode');
  expect(await client.send('GET', 'nothing')).toBeNull();
  expect(await client.send('SET', 'large', large)).toBe('OK');
  expect(await client.send('GET', 'large')).toBe(large);
  expect(await client.send('RPUSH', 'list', 'a', 'b', 'c')).toBe('3');
  expect(await client.send('EVAL', 'return redis.call("llen", KEYS[1]) * 14', '1', 'list')).toBe('42');
  expect(await client.send('SET', 'short', 'life', 'PX', '50')).toBe('OK');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await client.send('GET', 'short')).toBeNull();
  expect(await client.send('NONSENSE')).toMatch(/^-ERR unknown command/);
  client.close();
}, 60_000);
