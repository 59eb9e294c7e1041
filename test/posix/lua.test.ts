// SPDX-License-Identifier: BSD-3-Clause
// Lua runs scripts of its root file system, and they print what they print under the same Lua on the host.

import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {repository} from '../rig/repository.ts';
import {spawnTool} from '../rig/tool.ts';

/** The words of each, with the memory that a stack of a million slots takes until Lua says that it overflows. */
const platforms = {
  kvm: {words: ['-m', '256M'], libraries: "{fs-ram: '*'}"},
  linuxu: {words: [], libraries: "{fs-ram: '*', linuxu: {options: {memory: 256 MiB}}}"},
};
const scripts = path.join(import.meta.dirname, 'lua');
let folder = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-lua-')));
  const filter = (file: string) => path.basename(file) !== '.kraft';
  cpSync(path.join(repository, 'apps/lua'), folder, {recursive: true, filter});
  cpSync(scripts, path.join(folder, 'root/scripts'), {recursive: true});
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Builds where that is needed, and runs. */
const run = async (platform: keyof typeof platforms, words: readonly string[]) => {
  const {words: machine, libraries} = platforms[platform];
  const kraftfile = readFileSync(path.join(repository, 'apps/lua/Kraftfile'), 'utf8');
  writeFileSync(path.join(folder, 'Kraftfile'), kraftfile.replace("{fs-ram: '*'}", libraries));
  const {out, status} = await spawnTool(['run', '--plat', platform, ...machine, '--', ...words], {cwd: folder});
  return {out: out.replaceAll('\r', ''), status};
};

/** Lua on the host, from the sources that the image is made of. */
function hostLua(platform: string): string {
  const program = path.join(folder, 'host-lua');
  const commands = path.join(folder, `.kraft/build/${platform}-x86_64/compile_commands.json`);
  const source = /"file": "([^"]+\/)lua\.c"/.exec(readFileSync(commands, 'utf8'))?.[1] ?? '';
  const files = readdirSync(source).filter((name) => name.endsWith('.c') && name !== 'luac.c');
  const flags = ['-O1', '-w', '-DLUA_COMPAT_5_3', '-o', program];
  execFileSync('gcc', [...flags, ...files.map((name) => path.join(source, name)), '-lm']);
  return program;
}

test.each(['kvm', 'linuxu'] as const)(
  'on %s, scripts print what they print on the host, byte for byte',
  async (platform) => {
    expect(await run(platform, [])).toEqual({out: 'hello from Lua 5.4\n', status: 0});
    const here = await run(platform, ['/scripts/all.lua', '/scripts']);
    const there = spawnSync(hostLua(platform), [path.join(scripts, 'all.lua'), scripts], {encoding: 'utf8'});
    expect(there).toMatchObject({status: 7, stderr: ''});
    expect(here).toEqual({out: there.stdout.replaceAll(scripts, '/scripts'), status: 7});
  },
  900_000,
);
