// SPDX-License-Identifier: BSD-3-Clause
// Every key, on the shipped example, in a real terminal.

import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {readRepositoryFile} from '../rig/repository.ts';
import {startTerminal} from '../rig/terminal.ts';

const timeout = {timeout: 240_000};
const example = readRepositoryFile('Kraftfile.example');
const ready = /memory .*\d+ libs/;

test('each key does what the status line says, and one toggle changes one line', timeout, async () => {
  const project = temporaryProject({
    Kraftfile: example,
    'rootfs/hello': 'hello\n',
    'src/main.c': 'int main(void) { return 0; }\n',
  });
  const run = startTerminal(['menuconfig'], {cwd: project.folder});
  await run.waitFor(ready);
  run.press('?');
  await run.waitFor('Say why it is on, off or locked.');
  run.press('esc');
  await run.waitFor(/▸ +Components/);
  run.press('j', 'enter');
  await run.waitFor('Home › Libraries');
  run.press('end');
  await run.waitFor(/(\d+) of \1 /);
  run.press('home');
  await run.waitFor(/ 1 of \d+/);
  run.press('wheel-down');
  await run.waitFor(/ 4 of \d+/);
  run.press('wheel-up', 'k');
  await run.waitFor(/ 1 of \d+/);
  run.press('pagedown');
  await run.waitFor((screen) => !/ 1 of \d+/.test(screen));
  run.press('left');
  await run.waitFor((screen) => !screen.includes('Home ›'));
  run.press('c');
  await run.waitFor('alloc-tlsf.poison');
  expect(run.screen()).toContain('Home › Changed');
  run.press('c', '/', 'poison');
  await run.waitFor(/▸ .*alloc-tlsf.poison/);
  run.press('enter');
  await run.waitFor('Search › alloc-tlsf');
  run.press('j', 'j', 'j');
  await run.waitFor(/▸ .*check +on/);
  run.press('?');
  await run.waitFor(/declared .*lib\.yaml:\d+/);
  run.press('w');
  await run.waitFor(/That is its default|needs alloc/);
  run.press('esc', 'space');
  await run.waitFor(/alloc-tlsf\.check: off/);
  run.press('d');
  await run.waitFor(/\+ {7}check: false/);
  run.press('esc', 'u');
  await run.waitFor('Taken back: alloc-tlsf.check: off.');
  run.press('ctrl-r');
  await run.waitFor('Done again: alloc-tlsf.check: off.');
  run.press('s');
  await run.waitFor('Saved Kraftfile.');
  expect(project.read('Kraftfile')).toBe(
    example.replace('      poison: true\n', '      poison: true\n      check: false\n'),
  );
  run.press('space');
  await run.waitFor('alloc-tlsf.check: on');
  run.press('q');
  await run.waitFor('Save and quit');
  run.press('s');
  expect((await run.ended).status).toBe(0);
  expect(project.read('Kraftfile')).toBe(example);
});

test('b builds with progress, and the measured figure stands beside the estimate', timeout, async () => {
  const kraftfile = 'spec: v1\nname: app\nneeds: [libc]\ntargets: [linuxu/x86_64]\n';
  const project = temporaryProject({Kraftfile: kraftfile, 'main.c': 'int main(void)\n{\n    return 0;\n}\n'});
  const run = startTerminal(['menuconfig'], {cwd: project.folder});
  await run.waitFor(ready);
  run.press('b');
  await run.waitFor(/\d+ of \d+/);
  await run.waitFor(/in memory, measured +[\d.]+ KiB/);
  run.press('esc');
  await run.waitFor(/memory .* measured [\d.]+ KiB/);
  expect(project.read('Kraftfile')).toBe(kraftfile);
  expect(project.read('.kraft/build/linuxu-x86_64/image.json')).toContain('"loaded"');
});

test('what another program writes meanwhile is noticed, and nothing is lost', timeout, async () => {
  const kraftfile = 'spec: v1\nname: app\nneeds: [libc]\ntargets: [kvm/x86_64]\n';
  const project = temporaryProject({Kraftfile: kraftfile});
  const run = startTerminal(['menuconfig'], {cwd: project.folder});
  await run.waitFor(ready);
  project.write('Kraftfile', `# One.\n${kraftfile}`);
  await run.waitFor('It was read again.');
  run.press('down', 'down', 'down', 'enter');
  await run.waitFor('Keep small');
  run.press('space');
  await run.waitFor('1 change not saved');
  project.write('Kraftfile', `# Two.\n${kraftfile}`);
  await run.waitFor('Another program has changed the Kraftfile meanwhile.');
  expect(project.read('Kraftfile')).toBe(`# Two.\n${kraftfile}`);
  run.press('r');
  await run.waitFor('1 change not saved');
  await run.waitFor((screen) => !screen.includes('solving'));
  run.press('s');
  await run.waitFor('Saved Kraftfile.');
  expect(project.read('Kraftfile')).toBe(`# Two.\n${kraftfile.replace('targets', 'minimize: size\ntargets')}`);
  run.press('q');
  expect((await run.ended).status).toBe(0);
});
