// SPDX-License-Identifier: BSD-3-Clause

import {connectRedis, untilReady} from '../../test/rig/redis-client.ts';
import {type CountedGuest, startCounted} from '../counter.ts';
import {loadedBytes, symbolAddress} from '../elf.ts';
import {freePort} from '../http-load.ts';
import {leastMemory} from '../least-memory.ts';
import type {Group, Row} from '../row.ts';
import {type BuiltImage, build, runCommand} from '../tool.ts';

/** Instructions per request and at the start, size, and least memory of apps/redis. */
export const redis: Group = {
  name: 'redis',
  rows: async () => {
    const image = build('apps/redis');
    return [getCost(image), startCost(image), size(image), memory(image)];
  },
};

async function withRedis<T>(
  image: BuiltImage,
  args: readonly string[],
  use: (guest: CountedGuest, port: number) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const elf = `${image.folder}/redis.debug.elf`;
  const marks = {from: symbolAddress(elf, 'main'), to: symbolAddress(elf, 'aeMain')};
  const guest = startCounted(runCommand(image, ['-p', `${port}:6379`, ...args]), marks);
  try {
    await untilReady(port, 30_000);
    return await use(guest, port);
  } finally {
    guest.process.kill('SIGTERM');
    await guest.exited;
  }
}

/** Redis wakes ten times a second by itself; a thousand requests take a second here, so that is in it, too. */
function getCost(image: BuiltImage): Row {
  return {
    name: 'Redis GET, one client, a request',
    unit: 'instructions',
    peer: '21,500',
    atMost: 14_000,
    measure: () =>
      withRedis(image, [], async (guest, port) => {
        const client = await connectRedis(port);
        await client.send('SET', 'key', 'value');
        const get = async (count: number) => {
          for (let index = 0; index < count; index += 1)
            if ((await client.send('GET', 'key')) !== 'value') throw new Error('a wrong reply');
        };
        await get(200);
        const before = guest.figures().instructions;
        await get(2_000);
        const after = guest.figures().instructions;
        client.close();
        return Math.round((after - before) / 2_000);
      }),
  };
}

function startCost(image: BuiltImage): Row {
  return {
    name: 'Redis, main → ready',
    unit: 'instructions',
    peer: '8.6 M',
    atMost: 6_000_000,
    measure: () =>
      withRedis(image, [], async (guest) => {
        const {from, to} = guest.figures();
        return to.first - from.first;
      }),
  };
}

function size(image: BuiltImage): Row {
  return {
    name: 'Redis image, text and data',
    unit: 'bytes',
    peer: '2.96 MB',
    atMost: 1_900_000,
    measure: async () => loadedBytes(`${image.folder}/redis.elf`).file,
  };
}

function memory(image: BuiltImage): Row {
  return {
    name: 'Redis, least memory that serves',
    unit: 'KiB',
    peer: '96 MiB',
    atMost: 16 * 1024,
    measure: () =>
      leastMemory(async (kibibytes) => {
        await withRedis(image, ['-m', `${kibibytes}K`], async (_, port) => {
          const client = await connectRedis(port);
          if ((await client.send('SET', 'key', 'value')) !== 'OK') throw new Error('it does not serve');
          client.close();
        });
        return true;
      }),
  };
}
