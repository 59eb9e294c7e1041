// SPDX-License-Identifier: BSD-3-Clause

import {afterAll, expect, test, vi} from 'vitest';
import {closeBench, openBench, type Program, run} from './program.ts';

/** A machine whose cores others share may be slow. */
vi.setConfig({testTimeout: 180_000});

const bench = await openBench();
afterAll(() => closeBench(bench));

const base = ['conformance-tap', 'irq-fake', 'entropy-fake', 'mem-fake'];
const stack = [...base, 'alloc-tlsf', 'thread-pointer-fake', 'sched-coop'];

const addressed = {'netstack-lwip': {address: '10.0.2.15/24,10.0.2.2'}};

/** virtio-bus with devices in software, instead of its transports. */
const software = {
  files: ['device.c'],
  without: ['src/mmio.c', 'src/pci.c', 'src/pci-config.c'],
};

const rows: readonly (Omit<Program, 'compiler'> & {readonly title: string})[] = [
  {
    title: 'netdev-loopback keeps the contract of netdev',
    suite: 'libs/interfaces/netdev/conformance/netdev.c',
    libs: [...base, 'netdev-loopback'],
    files: [],
  },
  {
    title: 'netstack-lwip keeps the contract of netstack',
    suite: 'libs/interfaces/netstack/conformance/netstack.c',
    libs: [...stack, 'netdev-loopback', 'netstack-lwip'],
    files: [],
    settings: addressed,
  },
  {
    title: 'netstack-lwip keeps the contract of netstack for datagrams',
    suite: 'libs/interfaces/netstack/conformance/netstack-datagrams.c',
    libs: [...stack, 'netdev-loopback', 'netstack-lwip'],
    files: [],
    settings: addressed,
  },
  {
    title: 'the stack keeps its head against the wire',
    suite: 'test/net/frames.c',
    libs: [...stack, 'netstack-lwip'],
    files: ['wire.c', 'peer.c'],
    settings: addressed,
  },
  {
    title: 'netdev-virtio keeps the contract of netdev',
    suite: 'libs/interfaces/netdev/conformance/netdev.c',
    libs: [...base, 'virtio-bus', 'netdev-virtio'],
    ...software,
  },
  {
    title: 'virtio-bus names what a device does wrong',
    suite: 'test/net/hostile.c',
    libs: [...base, 'virtio-bus'],
    ...software,
    settings: {'virtio-bus': {devices: 24}},
  },
  {
    title: 'virtio-bus stops a device that does wrong, where it is told to',
    suite: 'test/net/stopped.c',
    libs: [...base, 'virtio-bus', 'netdev-virtio'],
    ...software,
    settings: {'virtio-bus': {devices: 24, violation: 'stop'}},
  },
];

const cases = rows.flatMap((row) =>
  (['gcc', 'clang'] as const).map((compiler) => [`${row.title} (${compiler})`, {...row, compiler}] as const),
);

test.each(cases)('%s', async (_, program) => {
  const {exitCode, output} = await run(bench, program);
  expect(output.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([]);
  expect(output).toMatch(/^1\.\.[1-9]\d*$/m);
  expect({exitCode, output}).toEqual({exitCode: 0, output});
});
