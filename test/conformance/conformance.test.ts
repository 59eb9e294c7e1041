// SPDX-License-Identifier: BSD-3-Clause

import {afterAll, describe, expect, test} from 'vitest';
import {closeBench, openBench, run} from './bench.ts';
import {pairings} from './suites.ts';

const bench = await openBench();
afterAll(() => closeBench(bench));

const rows = await pairings(bench);

describe.concurrent('each provider keeps its contract', () => {
  test.each(rows.map((row) => [row.title, row] as const))('%s', async (_, row) => {
    const {exitCode, output} = await run(bench, row);
    const lines = output.split('\n');
    expect(lines.filter((line) => line.startsWith('not ok'))).toEqual([]);
    expect(output).toMatch(/^1\.\.[1-9]\d*$/m);
    expect({exitCode, output}).toEqual({exitCode: 0, output});
  });
});

test('the providers that can be hosted are', () => {
  const providers = new Set(rows.map(({provider}) => provider));
  expect([...providers]).toEqual(expect.arrayContaining(['alloc-tlsf', 'sched-coop', 'sched-none']));
});
