// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {repository} from '../rig/repository.ts';
import {startTerminal} from '../rig/terminal.ts';
import {spawnTool} from '../rig/tool.ts';

const timeout = {timeout: 120_000};
const example = readFileSync(path.join(repository, 'apps/http/Kraftfile'), 'utf8');

test('a lib is asked for, its cost is seen, one line is saved, and the terminal is given back', timeout, async () => {
  const project = temporaryProject({Kraftfile: example});
  const run = startTerminal(['menuconfig'], {cwd: project.folder});
  await run.waitFor(/\d+ interfaces[\s\S]*memory[\s\S]*\d+ libs/);
  expect(run.isAlternate()).toBe(true);
  run.press('/', 'console-debug');
  await run.waitFor('Port 0xe9');
  run.press('enter');
  await run.waitFor('Search › console-debug');
  run.press('space');
  await run.waitFor('In: console-debug. Out: console-uart.');
  run.press('left');
  await run.waitFor(/image .*\([−+]/);
  run.press('esc', 's');
  await run.waitFor('Saved Kraftfile.');
  expect(project.read('Kraftfile')).toBe(
    example.replace("{netdev-virtio: '*'}", "{netdev-virtio: '*', console-debug: '*'}"),
  );
  run.press('q');
  expect((await run.ended).status).toBe(0);
  expect(run.isAlternate()).toBe(false);
});

test('to look around and leave changes no byte', timeout, async () => {
  const project = temporaryProject({Kraftfile: example});
  const run = startTerminal(['menuconfig'], {cwd: project.folder});
  await run.waitFor(/memory .* \d+ libs/);
  run.press('down', 'enter', 'down', 'enter', 'left', 'left', 's');
  await run.waitFor('Kraftfile says all this already.');
  run.press('q');
  expect((await run.ended).status).toBe(0);
  expect(project.read('Kraftfile')).toBe(example);
});

test('without a terminal it says what to use instead', timeout, async () => {
  const project = temporaryProject({Kraftfile: example});
  const {status, error} = await spawnTool(['menuconfig'], {cwd: project.folder});
  expect({status, error}).toEqual({
    status: 2,
    error:
      'error: menuconfig is for a terminal, and its input or output is none.\n  help: Use kraft-ts set NAME VALUE, kraft-ts unset NAME or kraft-ts choose INTERFACE LIB.\n',
  });
});
