// SPDX-License-Identifier: BSD-3-Clause
// What newcomers get wrong, and what they then read.

import {mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {afterAll, describe, expect, test, vi} from 'vitest';
import {runTool} from '../rig/tool.ts';
import {edit, startRegistry} from './registry.ts';

/** Images are built, beside other tests. */
vi.setConfig({testTimeout: 180_000});

const registry = await startRegistry();
afterAll(() => registry.stop());

const lib = (name: string): string => registry.copy('examples/alloc-fit', name.replaceAll(/[^a-z]+/g, '-'));

type Mistake = readonly [
  title: string,
  file: string,
  change: (text: string) => string,
  words: readonly string[],
  said: string,
];

describe('an author who', () => {
  test.each<Mistake>([
    [
      'forgets a semicolon',
      'src/alloc-fit.c',
      (text) => text.replace('struct links {', 'int forgotten\nstruct links {'),
      ['lib', 'check'],
      "src/alloc-fit.c:28:14: error: expected ';' before 'struct'\n   28 | int forgotten\n      |              ^\n      |              ;\n   29 | struct links {\n      | ~~~~~~\nerror: src/alloc-fit.c does not compile.\n",
    ],
    [
      'raises the version in one file',
      'lib.yaml',
      (text) => text.replace('version: 1.0.0', 'version: 1.1.0'),
      ['lib', 'check'],
      'lib.yaml:3:10: error: The version is "1.1.0" in the manifest, but "1.0.0" in package.json.\n  3 | version: 1.1.0\n    |          ~~~~~\n  help: Make both say the same.\n',
    ],
    [
      'renames the lib in one file',
      'lib.yaml',
      (text) => text.replace('name: alloc-fit', 'name: alloc-fits'),
      ['lib', 'pack'],
      'lib.yaml:2:7: error: The name is "alloc-fits" in the manifest, but "alloc-fit" in package.json.\n  2 | name: alloc-fits\n    |       ~~~~~~~~~~\n  help: Make both say the same.\n',
    ],
    [
      'needs a version that nobody has',
      'lib.yaml',
      (text) => text.replace('mem: {version: ^1', 'mem: {version: ^7'),
      ['lib', 'check'],
      'lib.yaml:2:7: error: No image has alloc-fit: it fits no platform.\n  2 | name: alloc-fit\n    |       ~~~~~~~~~\n' +
        ['kvm', 'linuxu']
          .map(
            (platform) =>
              `  note: ${platform}: alloc-fit needs mem ^7 (the memory that it hands out comes in regions), but there is only mem 1.0.0. (lib.yaml:9:3)\n  9 |   mem: {version: ^7, because: the memory that it hands out comes in regions}\n    |   ~~~\n`,
          )
          .join(''),
    ],
    [
      'writes what is no version',
      'lib.yaml',
      (text) => text.replace('version: 1.0.0', 'version: 1.0'),
      ['lib', 'check'],
      'lib.yaml:3:10: error: Expected a version such as 1.2.0, but was "1.0".\n  3 | version: 1.0\n    |          ~~~\n  help: Write all three numbers: 1.0.0\n',
    ],
    [
      'misspells the interface',
      'lib.yaml',
      (text) => text.replace('{alloc: 1.0.0}', '{aloc: 1.0.0}'),
      ['lib', 'test'],
      'lib.yaml:7:12: error: There is no interface "aloc".\n  7 | provides: {aloc: 1.0.0}\n    |            ~~~~\n  help: Did you mean "alloc"?\n',
    ],
    [
      'leaves a comma in package.json',
      'package.json',
      (text) => text.replace('"name"', ', "name"'),
      ['lib', 'pack'],
      'package.json:2:3: error: package.json is no JSON object.\n  2 |   , "name": "alloc-fit",\n    |   ^\n',
    ],
    [
      'packs no sources',
      'package.json',
      (text) => text.replace('["lib.yaml", "src", "test"]', '["lib.yaml", "test"]'),
      ['lib', 'check'],
      'error: The tarball of alloc-fit would not have src/alloc-fit.c.\n  help: Add src to "files" in package.json.\n',
    ],
    [
      'packs no manifest',
      'package.json',
      (text) => text.replace('["lib.yaml", "src", "test"]', '["src"]'),
      ['lib', 'pack'],
      'error: The tarball of alloc-fit would not have lib.yaml.\n  help: Add lib.yaml to "files" in package.json.\n',
    ],
    [
      'publishes what is private',
      'package.json',
      (text) => text.replace('{', '{\n  "private": true,'),
      ['lib', 'publish'],
      'error: package.json says "private": true, and npm publishes no such package.\n  help: Take the line out, if others may have it.\n',
    ],
  ])('%s', async (title, file, change, words, said) => {
    const folder = lib(title);
    edit(folder, file, change);
    const {status, error} = await runTool(words, folder);
    expect(error.replaceAll(`${folder}/`, '')).toContain(said);
    expect(error).not.toMatch(/^\d+ errors\.$/m);
    expect(status).toBe(1);
  });

  test('deletes a function reads which, where suites are linked', async () => {
    const folder = lib('deletes');
    edit(folder, 'src/alloc-fit.c', (text) => text.replace(/\nvoid kr_alloc_figures[\s\S]*$/, '\n'));
    const {status, out} = await runTool(['lib', 'test', '--only', 'hosted', '--suite', 'alloc'], folder);
    for (const compiler of ['gcc', 'clang'])
      expect(out).toContain(
        `alloc: alloc on ${compiler}:\n  alloc-fit provides alloc, but does not define kr_alloc_figures.\n`,
      );
    expect(status).toBe(1);
  });

  test('stays in the folder above is told where to go', async () => {
    const folder = registry.project('above', {
      'libs/alloc-one/lib.yaml': '',
      'alloc-two/lib.yaml': '',
      'notes.txt': '',
    });
    expect(await runTool(['lib', 'test'], folder)).toMatchObject({
      status: 1,
      error: `error: There is no lib.yaml and no interface.yaml in ${folder} or above it.\n  help: Go where one is: cd alloc-two or libs/alloc-one\n`,
    });
  });
});

describe('a user who', () => {
  const kraftfile = 'spec: v1\nname: shop\nneeds: [alloc]\ntargets: [linuxu/x86_64]\n';
  const shop = (name: string): string => registry.project(name, {Kraftfile: kraftfile, 'main.c': ''});

  test.each([
    [
      'adds a manifest',
      './folder/lib.yaml',
      'error: ./folder/lib.yaml is a file, and no tarball.\n  help: Add the folder that it lies in, or what lib pack made.\n',
    ],
    [
      'writes what is no range',
      'alloc-some@what ever',
      'error: Expected a version, a range or a tag after alloc-some@, but was "what ever".\n',
    ],
    [
      'adds what the toolkit brings',
      'alloc-tlsf',
      `error: The registry ${registry.url} has no package "alloc-tlsf".\n  help: The toolkit itself brings alloc-tlsf: name it in the Kraftfile, under libraries or choose.\n`,
    ],
  ])('%s', async (title, what, said) => {
    const folder = shop(title.replaceAll(' ', '-'));
    mkdirSync(path.join(folder, 'folder'));
    edit(folder, 'main.c', () => 'int main(void)\n{\n    return 0;\n}\n');
    registry.project(path.join(path.basename(folder), 'folder'), {'lib.yaml': ''});
    expect(await runTool(['add', what], folder)).toEqual({status: 1, out: '', error: said});
  });

  test('has a fresh clone is told that packages are to be installed', async () => {
    const folder = shop('clone');
    expect(await runTool(['add', lib('cloned')], folder)).toMatchObject({status: 0});
    rmSync(path.join(folder, 'node_modules'), {recursive: true});
    const lock = path.join(folder, 'kraft.lock');
    expect(await runTool(['plan'], folder)).toEqual({
      status: 1,
      out: '',
      error: `error: ${lock} pins alloc-fit 1.0.0, which is not installed.\n  help: kraft-ts add installs what is pinned.\n`,
    });
  });
});
