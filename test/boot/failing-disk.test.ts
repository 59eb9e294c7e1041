// SPDX-License-Identifier: BSD-3-Clause
// The nth write to a disk fails, for each n until none does: the program is told, and what was synced before is there.

import {spawnSync} from 'node:child_process';
import {copyFileSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {runTool} from '../rig/tool.ts';

const keeper = readFileSync(path.join(import.meta.dirname, 'volumes/keeper.c'), 'utf8');
const kraftfile = [
  'spec: v1',
  'name: keeper',
  'needs: [vfs, print]',
  "volumes: ['./data.img:/data']",
  'targets: [kvm/x86_64]',
  '',
];

const said = (out: string) => out.replaceAll('\r', '').trimEnd().split('\n');

/** QEMU's blkdebug counts writes by going from state to state, and fails the one that finds it in state `nth`. */
function failing(image: string, nth: number): string {
  const counted = Array.from({length: nth - 1}, (_, index) => {
    const rule = `set-state.${index}`;
    return [`${rule}.event=pwritev`, `${rule}.state=${index + 1}`, `${rule}.new_state=${index + 2}`];
  }).flat();
  const error = ['event=pwritev', `state=${nth}`, 'errno=5', 'once=on'].map((word) => `inject-error.0.${word}`);
  return ['driver=blkdebug', 'image.driver=file', `image.filename=${image}`, ...counted, ...error].join(',');
}

test('each write of a guest to its disk may fail', {timeout: 300_000}, async () => {
  const {folder} = temporaryProject({Kraftfile: kraftfile.join('\n'), 'keeper.c': keeper});
  const image = path.join(folder, 'data.img');
  writeFileSync(image, new Uint8Array(1024 * 1024));
  const first = await runTool(['run', '--', 'write', '/data/kept', 'it is'], folder);
  expect(first, first.error).toMatchObject({status: 0});
  copyFileSync(image, path.join(folder, 'kept.img'));
  const steps = ['write', '/data/new', 'more', 'mkdir', '/data/folder', 'write', '/data/kept', 'changed'];
  const {out} = await runTool(['run', '--no-build', '--accel', 'tcg', '--print', '--', ...steps], folder);
  let failures = 0;
  for (let nth = 1, fails = true; fails; nth += 1) {
    copyFileSync(path.join(folder, 'kept.img'), image);
    const command = out.trim().replace(`file=${image},format=raw`, failing(image, nth));
    const ended = spawnSync('sh', ['-c', `exec ${command}`], {cwd: folder, encoding: 'utf8', timeout: 60_000});
    const answers = said(ended.stdout);
    expect(ended.status, `${ended.stderr}${ended.stdout}`).toBe(1); // status 0 of the guest
    fails = answers.some((answer) => answer.endsWith(' -5'));
    failures += fails ? 1 : 0;
    const checked = await runTool(['volume', 'check', 'data.img'], folder);
    expect(checked, `write ${nth}: ${answers.join(', ')}`).toMatchObject({status: 0});
    const back = path.join(folder, 'back');
    expect(await runTool(['volume', 'cp', 'data.img:/kept', back], folder)).toMatchObject({status: 0});
    const changed = answers.includes('write 7');
    expect(readFileSync(back, 'utf8'), `write ${nth}: ${answers.join(', ')}`).toBe(changed ? 'changed' : 'it is');
    if (!fails) expect(answers).toEqual(['write 4', 'mkdir 0', 'write 7']);
  }
  expect(failures).toBeGreaterThan(3);
});
