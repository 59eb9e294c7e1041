// SPDX-License-Identifier: BSD-3-Clause
// virtio-bus on real machines: registers in memory on one, PCI on the others.

import {afterAll, describe, expect, test, vi} from 'vitest';
import {closeBench, openBench} from './bench.ts';
import {bootWith} from './booted.ts';

/** Builds and boots share the cores with other tests. */
vi.setConfig({testTimeout: 180_000});

const bench = await openBench();
afterAll(() => closeBench(bench));

const machines = {
  microvm: ['virtio-rng-device', 'virtio-rng-device'],
  q35: ['virtio-rng-pci,disable-legacy=on', 'virtio-rng-pci,disable-legacy=on'],
  pc: ['virtio-rng-pci,disable-legacy=on', 'virtio-rng-pci,disable-legacy=on'],
};

describe.each(Object.entries(machines))('on %s', (machine, devices) => {
  test.each(['virtio', 'virtio-hostile'])('virtio-bus passes %s', async (suite) => {
    const trial = {platform: 'kvm', interface: 'virtio', suite, provider: 'virtio-bus'};
    const modern = machine === 'microvm' ? ['virtio-mmio.force-legacy=false'] : [];
    const {exitCode, output} = await bootWith(bench, trial, {machine, devices, settings: modern});
    expect(output.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([]);
    expect(output).toMatch(/^1\.\.[1-9]\d*$/m);
    expect({exitCode, output}).toEqual({exitCode: 0, output});
  });
});
