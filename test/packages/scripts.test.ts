// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {afterAll, expect, test, vi} from 'vitest';
import {runTool} from '../rig/tool.ts';
import {edit, startRegistry} from './registry.ts';

vi.setConfig({testTimeout: 180_000});

const registry = await startRegistry();
afterAll(() => registry.stop());

/** A package each of whose scripts leaves a file where everybody can see it. */
function meddling(name: string): {readonly folder: string; readonly trace: string} {
  const folder = registry.copy('examples/alloc-fit', name);
  const trace = path.join(folder, '..', `${name}-was-here`);
  const names = [
    'preinstall',
    'install',
    'postinstall',
    'prepare',
    'prepack',
    'postpack',
    'prepublishOnly',
    'dependencies',
  ];
  const scripts = Object.fromEntries(names.map((script) => [script, `touch ${trace}`]));
  edit(folder, 'package.json', (text) => JSON.stringify({...JSON.parse(text), scripts}));
  return {folder, trace};
}

test.each(['folder', 'tarball', 'registry', 'git'] as const)('no script of a package runs: from a %s', async (from) => {
  const {folder, trace} = meddling(`from-${from}`);
  const user = registry.project(`user-of-${from}`, {
    Kraftfile: 'spec: v1\nname: shop\nneeds: [alloc]\ntargets: [linuxu/x86_64]\n',
    'main.c': 'int main(void)\n{\n    return 0;\n}\n',
  });
  const added = await runTool(['add', await place()], user);
  expect(added).toMatchObject({status: 0, error: ''});
  expect(existsSync(path.join(user, 'node_modules/alloc-fit/lib.yaml'))).toBe(true);
  expect(existsSync(trace)).toBe(false);

  async function place(): Promise<string> {
    if (from === 'folder') return folder;
    if (from === 'git') {
      const identity = ['-c', 'user.name=author', '-c', 'user.email=author@localhost'];
      for (const words of [
        ['init', '-q'],
        ['add', '-A', '.'],
        [...identity, 'commit', '-qm', 'alloc-fit'],
      ])
        expect(spawnSync('git', words, {cwd: folder}).status).toBe(0);
      return `git+file://${folder}`;
    }
    if (from === 'registry') {
      registry.publish(folder);
      return 'alloc-fit';
    }
    expect(await runTool(['lib', 'pack'], folder)).toMatchObject({status: 0});
    return path.join(folder, 'alloc-fit-1.0.0.tgz');
  }
});
