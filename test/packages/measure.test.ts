// SPDX-License-Identifier: BSD-3-Clause

import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {countBetween} from '../../toolkit/engine/boot-cost.ts';
import {temporaryProject} from '../rig/project.ts';
import {repository} from '../rig/repository.ts';
import {spawnTool} from '../rig/tool.ts';

test('what a lib costs is measured and written down, and what is off is told', {timeout: 300_000}, async () => {
  const {folder} = temporaryProject();
  const lib = path.join(folder, 'alloc-fit');
  cpSync(path.join(repository, 'examples/alloc-fit'), lib, {
    recursive: true,
    filter: (file) => !/\/(\.kraft|node_modules)$/.test(file),
  });
  const manifest = path.join(lib, 'lib.yaml');
  const before = readFileSync(manifest, 'utf8');

  const written = await spawnTool(['lib', 'measure', '--json'], {cwd: lib});
  expect(written.error).toBe('');
  const {measured, on} = JSON.parse(written.out);
  expect(on).toBe('kvm');
  // Some kilobytes of code, and no function of its own at the start.
  expect(measured.size).toBeGreaterThan(500);
  expect(measured.size).toBeLessThan(8192);
  expect(measured.memory).toBeGreaterThanOrEqual(measured.size);
  expect(measured.surface).toBeGreaterThanOrEqual(4);
  const {size, memory, boot, surface} = measured;
  const line = `measured: {size: ${size}, memory: ${memory}, boot: ${boot}, surface: ${surface}}\n`;
  expect(readFileSync(manifest, 'utf8')).toBe(`${before}${line}`);

  writeFileSync(manifest, `measured: {size: ${size * 2}, surface: ${surface}}\n${before}`);
  const checked = await spawnTool(['lib', 'measure', '--check'], {cwd: lib});
  expect(checked.status).toBe(1);
  expect(checked.error).toBe(
    'error: The manifest of alloc-fit says something else of its size, memory, boot.\n  help: kraft-ts lib measure writes what is so.\n',
  );
  expect(readFileSync(manifest, 'utf8')).toContain(`size: ${size * 2}`);
});

test.each(['alloc-bump', 'string-c'])('what %s says that it costs is so', {timeout: 300_000}, async (lib) => {
  const checked = await spawnTool(['lib', 'measure', '--check'], {cwd: path.join(repository, 'libs', lib)});
  expect(checked).toMatchObject({status: 0, error: ''});
});

test('instructions are counted from one address to the first of others', () => {
  const log = ['10', '14', '15', '20', '14', '30']
    .map((address) => `Trace 0: 0x7f00 [00000000ffff0000/00000000000000${address}/00000040/ff020201] \n`)
    .join('');
  expect(countBetween(log, 0x14, new Set([0x20, 0x30]))).toBe(2);
  expect(countBetween(log, 0x99, new Set([0x20]))).toBeUndefined();
  expect(countBetween(log, 0x20, new Set([0x99]))).toBeUndefined();
});
