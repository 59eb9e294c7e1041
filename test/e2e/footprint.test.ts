// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import {copyFileSync, readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';
import {appFiles, kraftfile} from '../rig/files.ts';
import {temporaryProject} from '../rig/project.ts';
import {spawnTool, startTool} from '../rig/tool.ts';

// What is looked at here is whole builds.
process.env.KRAFT_TS_KEEP = '';

const files = appFiles({Kraftfile: kraftfile('targets: [kvm/x86_64]\n')});

test('the tool writes to the build folder, the cache and kraft.lock alone', async () => {
  const {folder} = temporaryProject(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`project/${name}`, text])),
  );
  const home = path.join(folder, 'home');
  execFileSync('mkdir', [home]);
  // Where rustc is rustup's, that keeps its settings in the home that it finds.
  const rustup = process.env.RUSTUP_HOME ?? path.join(homedir(), '.rustup');
  for (const words of [
    ['check'],
    ['list'],
    ['solve'],
    ['plan'],
    ['why', 'libc'],
    ['build'],
    ['audit'],
    ['run'],
    ['doctor'],
    ['clean'],
  ]) {
    await spawnTool(words, {
      cwd: path.join(folder, 'project'),
      env: {HOME: home, XDG_CACHE_HOME: '', KRAFT_TS_CACHE: '', RUSTUP_HOME: rustup},
    });
    const found = execFileSync(
      'find',
      ['.', '-type', 'f', '-not', '-path', './project/.kraft/*', '-not', '-path', './home/.cache/kraft-ts/*'],
      {cwd: folder, encoding: 'utf8'},
    );
    const expected = ['./project/Kraftfile', './project/kraft.lock', './project/main.c'];
    const written = found.trim().split('\n').sort();
    expect({words, written: written.filter((file) => !expected.includes(file))}).toEqual({words, written: []});
  }
});

test('two builds in two folders are bit-identical, and the lock is honoured', async () => {
  const one = temporaryProject(files);
  const other = temporaryProject({...files, 'deep/er/unrelated.txt': ''});
  expect((await spawnTool(['build'], {cwd: one.folder})).status).toBe(0);
  copyFileSync(path.join(one.folder, 'kraft.lock'), path.join(other.folder, 'kraft.lock'));
  expect((await spawnTool(['build'], {cwd: other.folder})).status).toBe(0);
  for (const file of ['app.elf', 'app.debug.elf', 'image.json']) {
    const [here, there] = [one, other].map(({folder}) =>
      readFileSync(path.join(folder, '.kraft/build/kvm-x86_64', file)),
    );
    expect({file, same: here?.equals(there ?? Buffer.alloc(0))}).toEqual({file, same: true});
  }
  expect(other.read('kraft.lock')).toBe(one.read('kraft.lock'));
});

test('a build with nothing to do does nothing, and one changed file compiles once', async () => {
  const {folder, write} = temporaryProject(files);
  expect((await spawnTool(['build'], {cwd: folder})).error).toContain('compile app main.c');
  expect((await spawnTool(['build'], {cwd: folder})).error).toBe('');
  write('main.c', 'int main(void)\n{\n    return 8;\n}\n');
  const {error} = await spawnTool(['build'], {cwd: folder});
  expect(error.match(/compile .*/g)).toEqual(['compile app main.c']);
});

test('Ctrl-C ends a build, and the next one goes on from there', async () => {
  const {folder} = temporaryProject(files);
  const tool = startTool(['build'], {cwd: folder});
  await tool.waitFor('[3/');
  tool.process.kill('SIGINT');
  expect((await tool.ended).status).toBe(130);
  expect((await spawnTool(['build'], {cwd: folder})).status).toBe(0);
});
