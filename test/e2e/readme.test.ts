// SPDX-License-Identifier: BSD-3-Clause
// What the README shows works as it stands there.

import {execFileSync, spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {readRepositoryFile, repository} from '../rig/repository.ts';
import {freePort, spawnTool, startTool} from '../rig/tool.ts';

const commands = [...readRepositoryFile('README.md').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) =>
  block
    .trim()
    .split('\n')
    .map((line) => line.replace(/ +#.*$/, '')),
);

test('the README names the commands that are tried here', () => {
  expect(commands).toEqual([
    ['npm run demo', 'npm test'],
    [
      'npx kraft-ts init shop --template http && cd shop',
      'npx kraft-ts check',
      'npx kraft-ts build',
      'npx kraft-ts run --plat kvm -p 8080:80',
      'curl http://localhost:8080/',
    ],
  ]);
});

test('npm run demo', {timeout: 120_000}, () => {
  const {status, stdout} = spawnSync('npm', ['run', '--silent', 'demo'], {cwd: repository, encoding: 'utf8'});
  expect(status).toBe(0);
  expect(stdout).toContain('<h1>It boots.</h1>');
  expect(stdout).toMatch(/^Image as loaded: [\d.]+ KiB$/m);
});

test('a first boot', {timeout: 120_000}, async () => {
  const {folder, read} = temporaryProject();
  const shop = path.join(folder, 'shop');
  expect((await spawnTool(['init', 'shop', '--template', 'http'], {cwd: folder})).status).toBe(0);
  const shown = /```yaml\n([\s\S]*?)```/.exec(readRepositoryFile('README.md'))?.[1];
  expect(read('shop/Kraftfile').replace(/^#.*\n/, '')).toBe(shown);
  expect((await spawnTool(['check'], {cwd: shop})).out).toBe('Kraftfile is right: shop for kvm/x86_64.\n');
  expect((await spawnTool(['build'], {cwd: shop})).out).toMatch(
    /^\.kraft\/build\/kvm-x86_64\/shop\.elf: [\d.]+ [KM]iB loaded, for kvm\/x86_64\n/,
  );
  const port = await freePort();
  const server = startTool(['run', '--plat', 'kvm', '-p', `${port}:80`], {cwd: shop});
  await server.waitFor('listening');
  const page = await fetch(`http://localhost:${port}/`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('It boots.')]);
  server.process.kill('SIGINT');
  expect((await server.ended).status).toBe(130);
});

test('npx kraft-ts works in the checkout and in a folder below it', () => {
  for (const folder of [repository, path.join(repository, 'apps/hello')]) {
    const version = execFileSync('npx', ['--no-install', 'kraft-ts', '--version'], {cwd: folder, encoding: 'utf8'});
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
  }
});
