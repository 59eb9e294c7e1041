// SPDX-License-Identifier: BSD-3-Clause
// Redis from its own source serves clients, many at once, and loses nothing that it acknowledged.

import {execFile} from 'node:child_process';
import {rmSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {oneByOne} from '../rig/one-by-one.ts';
import {connectRedis} from '../rig/redis-client.ts';
import {redisProject, startRedis} from '../rig/redis-guest.ts';
import {times} from '../rig/soak.ts';

const run = promisify(execFile);

describe('in memory', () => {
  let folder = '';
  let guest: Awaited<ReturnType<typeof startRedis>>;

  beforeAll(async () => {
    folder = await redisProject('');
    guest = await startRedis(folder, []);
  }, 1_200_000);

  afterAll(async () => {
    await guest.end();
    rmSync(folder, {recursive: true, force: true});
  });

  test('it keeps what it is told: texts, lists, scripts, times', async () => {
    const client = await connectRedis(guest.port);
    const large = 'x'.repeat(1_000_000);
    expect(await client.send('SET', 'key', 'a value, ünïcode')).toBe('OK');
    expect(await client.send('GET', 'key')).toBe('a value, ünïcode');
    expect(await client.send('GET', 'nothing')).toBeNull();
    expect(await client.send('SET', 'large', large)).toBe('OK');
    expect(await client.send('GET', 'large')).toBe(large);
    expect(await client.send('RPUSH', 'list', 'a', 'b', 'c')).toBe('3');
    expect(await client.send('EVAL', 'return redis.call("llen", KEYS[1]) * 14', '1', 'list')).toBe('42');
    expect(await client.send('SET', 'short', 'life', 'PX', '50')).toBe('OK');
    await pause(200);
    expect(await client.send('GET', 'short')).toBeNull();
    expect(await client.send('NONSENSE')).toMatch(/^-ERR unknown command/);
    expect(guest.output()).not.toMatch(/maxclients has been reduced|call (prctl|sysinfo|umask) /);
    client.close();
  }, 60_000);

  test(
    'fifty clients at once, with and without pipelining: every request is answered',
    async () => {
      const entrance = await oneByOne(guest.port);
      const client = await connectRedis(guest.port);
      for (let round = 0; round < times(1, 10); round += 1) {
        for (const [pipeline, count] of [
          ['16', 200_000],
          ['1', times(5_000, 200_000)],
        ] as const) {
          await client.send('CONFIG', 'RESETSTAT');
          const words = ['-p', `${entrance.port}`, '-c', '50', '-P', pipeline, '-n', `${count}`, '-t', 'incr', '--csv'];
          await client.send('DEL', 'counter:__rand_int__');
          const {stdout} = await run('redis-benchmark', words, {
            timeout: times(180_000, 1_800_000),
            killSignal: 'SIGKILL',
          });
          expect(stdout).toContain('"INCR"');
          expect(await client.send('GET', 'counter:__rand_int__')).toBe(`${count}`);
        }
      }
      client.close();
      await entrance.close();
    },
    times(300_000, 3_600_000),
  );
});

describe('on volumes', () => {
  const volumes = ['/data', '/disk']; // a folder of the host, and a disk image
  let folder = '';

  beforeAll(async () => {
    folder = await redisProject('volumes: ["./data:/data", "./disk.img:/disk"]\n');
  }, 1_200_000);

  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  const start = (where: string) =>
    startRedis(folder, [
      ...['--protected-mode', 'no', '--save', '', '--dir', where],
      ...['--appendonly', 'yes', '--appendfsync', 'always'],
    ]);

  const keys = ['count0', 'count1', 'count2', 'count3'];

  /** Counts as fast as it is answered, until the connection ends; returns the last number that came back. */
  async function countUp(client: Awaited<ReturnType<typeof connectRedis>>, key: string, from: number): Promise<number> {
    let last = from;
    try {
      for (;;) last = Number(await client.send('INCR', key));
    } catch {
      return last;
    }
  }

  test.each(volumes)(
    '%s: what Redis acknowledged is there after a hard kill',
    async (where) => {
      const kills = times(2, 50);
      let acknowledged = keys.map(() => 0);
      let moment = 0;
      for (let kill = 0; kill <= kills; kill += 1) {
        const guest = await start(where);
        const clients: Awaited<ReturnType<typeof connectRedis>>[] = [];
        const found: number[] = [];
        for (const key of keys) {
          const client = await connectRedis(guest.port); // one after another: see test/rig/one-by-one.ts
          clients.push(client);
          found.push(Number(await client.send('GET', key)));
        }
        const lost = found.filter((number, index) => {
          const least = acknowledged[index] ?? 0;
          return !(number >= least && number <= least + 1); // one more may have been under way
        });
        expect(lost, `kill ${kill}, after ${moment} ms: ${acknowledged} acknowledged, ${found} found`).toEqual([]);
        const counting = clients.map((client, index) => countUp(client, keys[index] ?? '', found[index] ?? 0));
        moment = Math.round(20 + 980 * Math.random());
        await pause(moment);
        await guest.end();
        acknowledged = await Promise.all(counting);
      }
      expect(Math.min(...acknowledged)).toBeGreaterThan(0);
    },
    times(300_000, 3_600_000),
  );
});
