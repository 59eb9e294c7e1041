// SPDX-License-Identifier: BSD-3-Clause
// The terminal is given back as it was found, whatever ends the configurator.

import {expect, onTestFinished, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {startProgram, startTerminal} from '../rig/terminal.ts';

const timeout = {timeout: 180_000};
const kraftfile = 'spec: v1\nname: app\nneeds: [libc]\ntargets: [kvm/x86_64]\n';
const ready = /memory .*\d+ libs/;

test.each([
  {what: 'Ctrl-C', end: (run: ReturnType<typeof startTerminal>) => run.press('ctrl-c')},
  {what: 'SIGTERM', end: (run: ReturnType<typeof startTerminal>) => run.kill('SIGTERM')},
  {what: 'SIGHUP', end: (run: ReturnType<typeof startTerminal>) => run.kill('SIGHUP')},
])('after $what the terminal is as it was', timeout, async ({end}) => {
  const run = startTerminal(['menuconfig'], {cwd: temporaryProject({Kraftfile: kraftfile}).folder});
  await run.waitFor(ready);
  expect(run.isAlternate()).toBe(true);
  end(run);
  expect((await run.ended).status).toBe(130);
  expect(run.isAlternate()).toBe(false);
  expect(run.written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(run.written().lastIndexOf('\u001b[?25l'));
  expect(run.written().lastIndexOf('\u001b[?1007l')).toBeGreaterThan(run.written().lastIndexOf('\u001b[?1007h'));
});

test('Ctrl-C asks before changes are lost, and the second one does not', timeout, async () => {
  const project = temporaryProject({Kraftfile: kraftfile});
  const run = startTerminal(['menuconfig'], {cwd: project.folder});
  await run.waitFor(ready);
  run.press('down', 'down', 'down', 'enter');
  await run.waitFor('Keep small');
  run.press('space');
  await run.waitFor('1 change not saved');
  run.press('ctrl-c');
  await run.waitFor('Quit without saving');
  run.press('ctrl-c');
  expect((await run.ended).status).toBe(130);
  expect(project.read('Kraftfile')).toBe(kraftfile);
});

test('Ctrl-Z suspends it for a shell, and fg brings the screen back', timeout, async () => {
  const {folder} = temporaryProject({Kraftfile: kraftfile});
  const run = startProgram(['bash', '--norc', '-i'], {cwd: folder, env: {PS1: 'shell> '}});
  onTestFinished(() => run.kill('SIGKILL'));
  await run.waitFor('shell>');
  run.press(`${process.execPath} ${process.cwd()}/bin/kraft-ts.mjs menuconfig`, 'enter');
  await run.waitFor(ready);
  run.press('ctrl-z');
  await run.waitFor('Stopped');
  expect(run.isAlternate()).toBe(false);
  run.press('fg', 'enter');
  await run.waitFor(ready);
  expect(run.isAlternate()).toBe(true);
  run.press('q');
  await run.waitFor((screen) => !run.isAlternate() && screen.includes('shell>'));
});

test('another size is drawn anew, from too small to very wide', timeout, async () => {
  const run = startTerminal(['menuconfig'], {cwd: temporaryProject({Kraftfile: kraftfile}).folder});
  await run.waitFor(ready);
  run.resize(30, 8);
  await run.waitFor('At least 40 columns');
  run.resize(200, 50);
  const wide = await run.waitFor((screen) => screen.split('\n').length === 50 && screen.includes('│'));
  expect(Math.max(...wide.split('\n').map((line) => line.length))).toBeLessThanOrEqual(200);
  run.resize(80, 24);
  await run.waitFor((screen) => screen.split('\n').length === 24 && !screen.includes('│'));
});

test('without colours nothing is coloured, and without UTF-8 all is ASCII', timeout, async () => {
  const {folder} = temporaryProject({Kraftfile: kraftfile});
  const plain = startTerminal(['menuconfig'], {cwd: folder, env: {NO_COLOR: '1'}});
  await plain.waitFor(ready);
  expect(plain.written()).not.toMatch(/\u001b\[(?:\d+;)*(?:3[0-9]|38;5;\d+|9[0-7])m/);
  const ascii = startTerminal(['menuconfig'], {cwd: folder, env: {LANG: 'C', LC_ALL: 'C'}});
  await ascii.waitFor(ready);
  expect(ascii.screen()).toMatch(/^[\x20-\x7e\n]*$/);
  const asked = startTerminal(['menuconfig', '--ascii'], {cwd: folder});
  await asked.waitFor(ready);
  expect(asked.screen()).toMatch(/^[\x20-\x7e\n]*$/);
});
