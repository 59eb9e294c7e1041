// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {repository, repositoryFiles} from '../rig/repository.ts';
import {runTool} from '../rig/tool.ts';

/** Programs are compiled, beside other tests. */
vi.setConfig({testTimeout: 180_000});

const manifests = repositoryFiles().filter((file) => /^libs\/interfaces\/[^/]+\/interface\.yaml$/.test(file));
const closed = manifests
  .filter((file) => !/^contract: open$/m.test(readFileSync(path.join(repository, file), 'utf8')))
  .map((file) => path.basename(path.dirname(file)));
const includes = manifests.map((file) => `-I${path.join(repository, path.dirname(file), 'include')}`);
const strict = ['-std=gnu17', '-Wall', '-Wextra', '-Wstrict-prototypes', '-Wmissing-prototypes', '-Werror'];

describe('a new lib', () => {
  test.each(closed)('for %s compiles as it is written', async (name) => {
    const {folder} = temporaryProject();
    const made = await runTool(['lib', 'new', `${name}-new`, '--provides', name], folder);
    expect(made).toMatchObject({status: 0, error: ''});
    const files = ['src', 'test']
      .map((part) => path.join(folder, `${name}-new`, part, `${name}-new.c`))
      .filter((file) => existsSync(file));
    const base = `-I${path.join(repository, 'libs/interfaces/base/include')}`;
    const compiled = spawnSync('gcc', [...strict, '-fsyntax-only', base, ...includes, ...files], {encoding: 'utf8'});
    expect(compiled).toMatchObject({status: 0, stderr: ''});
  });

  test('fails its suites, and the failing checks are named with file and line', async () => {
    const {folder} = temporaryProject();
    await runTool(['lib', 'new', 'entropy-new', '--provides', 'entropy'], folder);
    const inside = path.join(folder, 'entropy-new');
    const red = await runTool(['lib', 'test', '--only', 'hosted'], inside);
    expect(red.status).toBe(1);
    expect(red.out).toMatch(/^FAILS {2}entropy {4}entropy {6}gcc {4}\d+ of \d+$/m);
    expect(red.out).toMatch(/conformance\/entropy\.c:\d+: \w+: /);
    expect(red.out).toMatch(/^entropy-new 0\.1\.0 fails entropy\.$/m);
  });

  test.each([
    [['lib', 'new', 'Bad_Name', '--provides', 'alloc'], 'Nothing can be called "Bad_Name": small letters'],
    [['lib', 'new', 'alloc-tlsf', '--provides', 'alloc'], 'The name "alloc-tlsf" is taken: the catalog has it.'],
    [
      ['lib', 'new', 'alloc-mine', '--provides', 'aloc'],
      'There is no interface "aloc".\n  help: Did you mean "alloc"?',
    ],
    [['lib', 'new', 'libc-mine', '--provides', 'libc'], 'The interface "libc" is open:'],
    [['lib', 'new', 'alloc-mine'], 'A lib provides an interface, and none is named.'],
    [['lib', 'test'], 'There is no lib.yaml and no interface.yaml in'],
  ])('%j says what is wrong', async (words, message) => {
    const {folder} = temporaryProject();
    const {error, status} = await runTool(words, folder);
    expect(error).toContain(`error: ${message}`);
    expect(status).toBeGreaterThan(0);
  });

  test('is not written over what is there', async () => {
    const {folder} = temporaryProject({'alloc-mine/notes.txt': 'mine'});
    const {error} = await runTool(['lib', 'new', 'alloc-mine', '--provides', 'alloc'], folder);
    expect(error).toContain('alloc-mine is there already.');
    expect(readFileSync(path.join(folder, 'alloc-mine/notes.txt'), 'utf8')).toBe('mine');
  });
});

test('a folder with two manifests is neither', async () => {
  const {folder} = temporaryProject({'lib.yaml': 'name: x\n', 'interface.yaml': 'name: y\n'});
  const {error} = await runTool(['lib', 'test'], folder);
  expect(error).toContain('has a lib.yaml and an interface.yaml: a package is a lib or an interface.');
});

test('lib test --tap tells of the same in TAP', async () => {
  const {folder} = temporaryProject();
  await runTool(['lib', 'new', 'entropy-new', '--provides', 'entropy'], folder);
  const file = path.join(folder, 'entropy-new/test/entropy-new.c');
  writeFileSync(file, readFileSync(file, 'utf8').replace('functions[i] != NULL', 'functions[i] == NULL'));
  const {out} = await runTool(
    ['lib', 'test', '--only', 'hosted', '--suite', 'entropy-new', '--tap'],
    path.dirname(path.dirname(file)),
  );
  expect(out).toMatch(
    /^TAP version 14\n1\.\.2\n# Subtest: own tests: entropy-new on gcc\n {4}not ok 1 - every_function_is_there\n {4}1\.\.1\nnot ok 1 - /,
  );
  expect(out).toContain('/test/entropy-new.c:13: every_function_is_there: functions[i] == NULL');
});
