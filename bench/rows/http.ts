// SPDX-License-Identifier: BSD-3-Clause

import {type CountedGuest, startCounted} from '../counter.ts';
import {connectionEach, freePort, keepAlive, untilServed} from '../http-load.ts';
import {leastMemory} from '../least-memory.ts';
import type {Group, Row} from '../row.ts';
import {type BuiltImage, build, runCommand} from '../tool.ts';

/** Instructions per request, flatness, stalls and least memory of apps/http. */
export const http: Group = {
  name: 'http',
  rows: async () => {
    const image = build('apps/http');
    return [keepAliveCost(image), ...connectionRows(image), httpMemory(image)];
  },
};

async function withGuest<T>(
  image: BuiltImage,
  args: readonly string[],
  use: (guest: CountedGuest, port: number) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const guest = startCounted(runCommand(image, ['-p', `${port}:80`, ...args]));
  try {
    await untilServed(port, 5_000);
    return await use(guest, port);
  } finally {
    guest.process.kill('SIGTERM');
    await guest.exited;
  }
}

function keepAliveCost(image: BuiltImage): Row {
  return {
    name: 'HTTP keep-alive, a request',
    unit: 'instructions',
    peer: '11,900 (10,300 tuned)',
    atMost: 8_000,
    measure: () =>
      withGuest(image, [], async (guest, port) => {
        await keepAlive(port, 200);
        const before = guest.figures().instructions;
        await keepAlive(port, 2_000);
        return Math.round((guest.figures().instructions - before) / 2_000);
      }),
  };
}

/** 20,000 connections in one run: what the first and the last thousand cost, and the longest of all. */
function connectionRows(image: BuiltImage): readonly Row[] {
  let run: Promise<{readonly first: number; readonly last: number; readonly longest: number}> | undefined;
  const measured = () => {
    run ??= withGuest(image, [], async (guest, port) => {
      await connectionEach(port, 100);
      const start = guest.figures().instructions;
      let longest = await connectionEach(port, 1_000);
      const afterFirst = guest.figures().instructions;
      longest = Math.max(longest, await connectionEach(port, 18_000));
      const beforeLast = guest.figures().instructions;
      longest = Math.max(longest, await connectionEach(port, 1_000));
      const end = guest.figures().instructions;
      return {first: (afterFirst - start) / 1_000, last: (end - beforeLast) / 1_000, longest};
    });
    return run;
  };
  return [
    {
      name: 'HTTP, a connection per request',
      unit: 'instructions',
      peer: '45,600 and growing (39,000 tuned)',
      atMost: 28_000,
      measure: async () => Math.round((await measured()).last),
    },
    {
      name: 'HTTP, the 20,000th connection by the first',
      unit: 'ratio',
      peer: 'grows',
      atMost: 1.1,
      measure: async () => {
        const {first, last} = await measured();
        return last / first;
      },
    },
    {
      name: 'HTTP, longest of 20,000 connections',
      unit: 'ms',
      peer: 'stalls for seconds after 3,000',
      atMost: 500,
      measure: async () => Math.round((await measured()).longest),
    },
  ];
}

function httpMemory(image: BuiltImage): Row {
  return {
    name: 'HTTP, least memory',
    unit: 'KiB',
    peer: '3.46 MiB',
    atMost: 3 * 1024,
    measure: () =>
      leastMemory(async (kibibytes) => {
        await withGuest(image, ['-m', `${kibibytes}K`], (_, port) => keepAlive(port, 50));
        return true;
      }),
  };
}
