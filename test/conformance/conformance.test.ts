// SPDX-License-Identifier: BSD-3-Clause

import {afterAll, describe, expect, test, vi} from 'vitest';
import {closeBench, openBench, run} from './bench.ts';
import {pairings} from './suites.ts';

/** A machine whose cores others share may be slow. */
vi.setConfig({testTimeout: 120_000});

const bench = await openBench();
afterAll(() => closeBench(bench));

/** Providers that lose what a suite prints: its exit status tells. */
const mute: readonly string[] = ['print-none'];

/** Drivers of devices that no program of the build machine has: the suites are booted. */
const wantDevices: readonly string[] = ['blkdev-virtio', 'fs-9p', 'netdev-virtio'];

/** A test of a lib's own brings what is on the other side. */
const rows = (await pairings(bench)).filter(
  ({title, provider}) => title.startsWith('white box') || !wantDevices.includes(provider),
);

describe.concurrent('each provider keeps its contract', () => {
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_, row) => {
    const {exitCode, output} = await run(bench, row);
    const lines = output.split('\n');
    expect(lines.filter((line) => line.startsWith('not ok'))).toEqual([]);
    if (!mute.includes(row.provider)) expect(output).toMatch(/^1\.\.[1-9]\d*$/m);
    expect({exitCode, output}).toEqual({exitCode: 0, output});
  });
});

test('the providers that can be hosted are', () => {
  const providers = new Set(rows.map(({provider}) => provider));
  expect([...providers]).toEqual(expect.arrayContaining(['alloc-tlsf', 'sched-coop', 'sched-none']));
});
