// SPDX-License-Identifier: BSD-3-Clause
// Wherever there is no room left, the program is told so, what was there stays, and what is removed makes room.

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {runTool} from '../rig/tool.ts';

const keeper = readFileSync(path.join(import.meta.dirname, 'volumes/keeper.c'), 'utf8');
const timeout = 180_000;

function project(more: string) {
  const lines = ['spec: v1', 'name: keeper', 'needs: [vfs, print]', 'targets: [kvm/x86_64]', more, ''];
  return temporaryProject({Kraftfile: lines.join('\n'), 'keeper.c': keeper}).folder;
}

async function run(folder: string, steps: readonly string[]) {
  const {out, status} = await runTool(['run', '--', ...steps], folder);
  expect(status, out).toBe(0);
  return said(out);
}

const said = (out: string) => out.replaceAll('\r', '').trimEnd().split('\n');

/** On a host whose disk is full once so many bytes have been written. */
async function runOnFullHost(folder: string, {after, steps}: {after: number; steps: readonly string[]}) {
  const shim = path.join(folder, 'full.so');
  const source = path.join(import.meta.dirname, 'volumes/full.c');
  execFileSync('gcc', ['-O2', '-w', '-shared', '-fPIC', '-o', shim, source, '-ldl']);
  expect((await runTool(['build'], folder)).status).toBe(0);
  const {out} = await runTool(['run', '--no-build', '--accel', 'tcg', '--print', '--', ...steps], folder);
  const env = {...process.env, LD_PRELOAD: shim, FULL_AFTER: String(after)};
  const ended = spawnSync('sh', ['-c', `exec ${out.trim()}`], {cwd: folder, env, encoding: 'utf8', timeout: 60_000});
  expect(ended.status, ended.stderr).toBe(1); // status 0 of the guest, as isa-debug-exit has it
  return said(ended.stdout);
}

test('memory that files may take', {timeout}, async () => {
  const folder = project('libraries: {fs-ram: {options: {most: 64 KiB}}}');
  const steps = ['write', '/kept', 'it is', 'fill', '/big', 'fill', '/more', 'read', '/kept'];
  expect(await run(folder, [...steps, 'remove', '/big', 'write', '/small', 'x'])).toEqual([
    ...['write 5', 'fill some -28', 'fill none -28', 'it is', 'remove 0', 'write 1'],
  ]);
});

test('a disk', {timeout}, async () => {
  const folder = project("volumes: ['./data.img:/data']");
  writeFileSync(path.join(folder, 'data.img'), new Uint8Array(1024 * 1024));
  const steps = ['write', '/data/kept', 'it is', 'fill', '/data/big', 'fill', '/data/big', 'read', '/data/kept'];
  expect(await run(folder, steps)).toEqual(['write 5', 'fill some -28', 'fill none -28', 'it is']);
  expect(await run(folder, ['read', '/data/kept', 'remove', '/data/big', 'write', '/data/new', 'fits'])).toEqual([
    ...['it is', 'remove 0', 'write 4'],
  ]);
  expect((await runTool(['volume', 'check', 'data.img'], folder)).out).toMatch(/^It is whole: 3 files/);
});

test('the disk of the host, behind a folder', {timeout}, async () => {
  const folder = project("volumes: ['./data:/data']");
  mkdirSync(path.join(folder, 'data'));
  const steps = [
    'write',
    '/data/kept',
    'it is',
    'fill',
    '/data/big',
    'write',
    '/data/kept',
    'more',
    'read',
    '/data/big',
  ];
  const [first, fill, second] = await runOnFullHost(folder, {after: 50_000, steps});
  expect([first, fill, second]).toEqual(['write 5', 'fill some -28', 'write -28']);
  expect(readFileSync(path.join(folder, 'data/big')).length).toBeGreaterThan(40_000);
});

test('the disk of the host, behind a disk image: an error of input and output, and the last sync stays', {
  timeout,
}, async () => {
  const folder = project("volumes: ['./data.img:/data']");
  writeFileSync(path.join(folder, 'data.img'), new Uint8Array(1024 * 1024));
  expect(await run(folder, ['write', '/data/kept', 'it is'])).toEqual(['write 5']);
  const steps = ['write', '/data/kept', 'more', 'read', '/data/kept'];
  expect((await runOnFullHost(folder, {after: 0, steps}))[0]).toBe('write -5');
  expect((await runTool(['volume', 'check', 'data.img'], folder)).status).toBe(0);
  expect(await run(folder, ['read', '/data/kept'])).toEqual(['it is']);
});
