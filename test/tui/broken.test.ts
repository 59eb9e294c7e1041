// SPDX-License-Identifier: BSD-3-Clause
// Five Kraftfiles that are broken, each in another way: a person is walked out of each with keys alone.

import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {startTerminal} from '../rig/terminal.ts';
import {spawnTool} from '../rig/tool.ts';

const head = '# Mine.\nspec: v1\nname: app\nneeds: [libc]\n';
const foot = 'targets: [kvm/x86_64]   # where it runs\n';

const broken = [
  {
    what: 'a lib that there is not',
    before: `${head}libraries: {aloc-tlsf: '*'}\n${foot}`,
    shows: 'There is no lib "aloc-tlsf".',
    after: `${head}libraries: {alloc-tlsf: '*'}\n${foot}`,
  },
  {
    what: 'a value out of its range',
    before: `${head}libraries:\n  alloc-tlsf:\n    options: {keep: 4096, poison: true}\n${foot}`,
    shows: 'Expected a whole number from 0 to 1024, but was 4096.',
    after: `${head}libraries:\n  alloc-tlsf:\n    options: {poison: true}\n${foot}`,
  },
  {
    what: 'a key that there is not',
    before: `${head}colour: green\n${foot}`,
    shows: 'Unknown key "colour".',
    after: `${head}${foot}`,
  },
  {
    what: 'what is no YAML',
    before: `${head}choose: [\n${foot}`,
    shows: 'error',
    after: undefined,
  },
  {
    what: 'a choice that clashes with the target',
    before: `${head}choose: {console: console-linux}\n${foot}`,
    shows: 'these do not go together.',
    after: undefined,
  },
] as const;

test.each(broken)('out of $what', {timeout: 180_000}, async ({before, shows, after}) => {
  const project = temporaryProject({Kraftfile: before});
  const run = startTerminal(['menuconfig'], {cwd: project.folder});
  await run.waitFor(shows);
  // Nothing is written before it is asked for.
  expect(project.read('Kraftfile')).toBe(before);
  for (let step = 0; step < 4; step++) {
    await run.waitFor(/▸ 1\. |memory .*\d+ libs/);
    if (!run.screen().includes('▸ 1. ')) break;
    const was = run.screen();
    run.press('enter');
    await run.waitFor((screen) => screen !== was && !screen.includes('solving') && /▸ 1\. |not saved/.test(screen));
  }
  run.press('s');
  await run.waitFor('Saved Kraftfile.');
  run.press('q');
  expect((await run.ended).status).toBe(0);
  const text = project.read('Kraftfile');
  if (after !== undefined) expect(text).toBe(after);
  // Comments stay, and what is there now is right.
  expect(text).toContain('# Mine.');
  expect((await spawnTool(['check'], {cwd: project.folder})).status).toBe(0);
  expect((await spawnTool(['solve'], {cwd: project.folder})).status).toBe(0);
});
