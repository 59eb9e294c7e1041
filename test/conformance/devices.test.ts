// SPDX-License-Identifier: BSD-3-Clause
// Drivers of disks and of folders of the host, put to the suites of their interfaces on the devices that QEMU plays.

import {mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {closeBench, openBench} from './bench.ts';
import {bootWith} from './booted.ts';

/** Builds and boots share the cores with other tests. */
vi.setConfig({testTimeout: 180_000});

const bench = await openBench();
afterAll(() => closeBench(bench));

let folder = '';
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'kraft-ts-devices-')))));
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** The same device on machines that have it on different buses. */
const machines = [
  ['microvm', 'device', ['virtio-mmio.force-legacy=false']],
  ['q35', 'pci', []],
] as const;

async function passes(suite: string, [of, provider]: readonly [string, string], extras: Extras): Promise<void> {
  const trial = {platform: 'kvm', interface: of, suite, provider};
  const {exitCode, output} = await bootWith(bench, trial, extras);
  expect(output.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([]);
  expect(output).toMatch(/^1\.\.[1-9]\d*$/m);
  expect({exitCode, output}).toEqual({exitCode: 0, output});
}

type Extras = Parameters<typeof bootWith>[2];

describe.each(machines)('on %s', (machine, bus, settings) => {
  test.each(['fs', 'contents'])('fs-9p passes %s', async (suite) => {
    const words = ['-fsdev', `local,id=v0,path=${folder},security_model=none`];
    const devices = [`virtio-9p-${bus},fsdev=v0,mount_tag=v0`];
    await passes(suite, ['fs', 'fs-9p'], {machine, devices, settings, words});
  });

  test('blkdev-virtio passes blkdev', async () => {
    const disk = join(folder, 'disk');
    writeFileSync(disk, '');
    truncateSync(disk, 1024 * 1024);
    const words = ['-drive', `if=none,id=v0,file=${disk},format=raw,discard=unmap`];
    await passes('blkdev', ['blkdev', 'blkdev-virtio'], {
      machine,
      devices: [`virtio-blk-${bus},drive=v0`],
      settings,
      words,
    });
  });
});
