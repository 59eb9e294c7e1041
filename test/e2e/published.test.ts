// SPDX-License-Identifier: BSD-3-Clause
// The package as npm would publish it, in a project of its own, without a network.

import {execFileSync, spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {repository} from '../rig/repository.ts';

test('packed, installed offline, it makes, checks, builds and boots a project', {timeout: 240_000}, () => {
  const {folder} = temporaryProject({'package.json': '{"name": "user", "private": true}\n', 'packed/.keep': ''});
  const quiet = ['--silent', '--no-audit', '--no-fund'];
  const listed = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', path.join(folder, 'packed')],
    {cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']},
  );
  const [packed]: readonly {readonly filename: string; readonly files: readonly {readonly path: string}[]}[] =
    JSON.parse(listed);
  const files = packed?.files.map((file) => file.path) ?? [];
  expect(files).toContain('schema/kraftfile.schema.json');
  expect(files.filter((file) => /\.kraft\/|^toolkit\/|^test\/|\.test\.ts$/.test(file))).toEqual([]);
  execFileSync('npm', ['install', '--offline', ...quiet, path.join(folder, 'packed', packed?.filename ?? '')], {
    cwd: folder,
  });

  const run = (words: readonly string[]) =>
    spawnSync('npx', ['--no-install', 'kraft-ts', ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: {...process.env, NO_COLOR: '1'},
    });
  expect(run(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(run(['init', 'hello']).stdout).toContain('Next: cd hello && kraft-ts run\n');
  expect(run(['check', '-C', 'hello']).status).toBe(0);
  expect(run(['build', '-C', 'hello']).stdout).toContain('loaded, for kvm/x86_64\n');
  const {status, stdout} = run(['run', '-C', 'hello']);
  expect({status, stdout: stdout.replaceAll('\r', '')}).toEqual({status: 0, stdout: 'Hello, world!\n'});
});
