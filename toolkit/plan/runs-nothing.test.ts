// SPDX-License-Identifier: BSD-3-Clause
// Planning touches nothing: no file, no program, no network, no clock, no chance.

import child from 'node:child_process';
import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import net from 'node:net';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {aLib, anInterface, arch, planInput, platform} from './fixture.ts';
import {plan} from './plan.ts';

let touched: string[] = [];

beforeEach(() => {
  touched = [];
  for (const [room, world] of Object.entries({
    fs,
    promises: fs.promises,
    child,
    net,
    Math,
    Date,
    performance,
    process,
  })) {
    for (const name of Object.getOwnPropertyNames(world)) {
      if (!isWatched(room, name)) continue;
      vi.spyOn(world as unknown as Record<string, () => unknown>, name).mockImplementation(() => {
        touched.push(`${room}.${name}`);
        throw new Error(`plan touched ${room}.${name}`);
      });
    }
  }
  syncBuiltinESMExports();
});

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

function isWatched(room: string, name: string): boolean {
  if (room === 'Math') return name === 'random';
  if (room === 'Date' || room === 'performance') return name === 'now';
  if (room === 'process') return name === 'cwd';
  if (room === 'promises')
    return ['readFile', 'writeFile', 'readdir', 'stat', 'lstat', 'open', 'access'].includes(name);
  if (room === 'child')
    return ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'].includes(name);
  if (room === 'net') return ['connect', 'createConnection', 'createServer'].includes(name);
  return [
    'readFileSync',
    'writeFileSync',
    'readdirSync',
    'statSync',
    'lstatSync',
    'openSync',
    'existsSync',
    'readFile',
  ].includes(name);
}

test('plan runs nothing, reads nothing, and is done when it returns', () => {
  const libs = [
    platform({needs: ['clock'], files: ['src/start.c', 'src/chip/entry.S']}),
    arch(),
    aLib('clock-tick', {provides: ['clock'], starts: 'clock_tick_start'}),
  ];
  const interfaces = [anInterface('clock', {symbols: ['kr_clock_now']})];
  const made = plan({...planInput({libs, interfaces, needs: ['clock']}), files: ['main.c']});
  expect(made.ok && made.value.actions.length).toBeGreaterThan(5);
  expect(touched).toEqual([]);
});

test('the watch sees who does', async () => {
  const {readFileSync} = await import('node:fs');
  expect(() => readFileSync('/etc/hostname')).toThrow('plan touched fs.readFileSync');
  expect(() => Date.now()).toThrow('plan touched Date.now');
  expect(touched).toEqual(['fs.readFileSync', 'Date.now']);
});
