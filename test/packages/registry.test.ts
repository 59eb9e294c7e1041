// SPDX-License-Identifier: BSD-3-Clause

import {cpSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, afterEach, describe, expect, test, vi} from 'vitest';
import {repository} from '../rig/repository.ts';
import {runTool} from '../rig/tool.ts';
import {edit, startRegistry} from './registry.ts';

/** Programs are compiled, images are booted, and npm is asked, beside other tests. */
vi.setConfig({testTimeout: 300_000});

const registry = await startRegistry();
afterAll(() => registry.stop());
afterEach(() => void vi.unstubAllEnvs());

const kraftfile = 'spec: v1\nname: shop\nneeds: [alloc, print]\ntargets: [kvm/x86_64, linuxu/x86_64]\n';
const main =
  '#include <kraft/alloc.h>\n#include <kraft/print.h>\nint main(void)\n{\n    kr_print_format("%s\\n", kr_alloc_allocate(9) ? "memory" : "none");\n    return 0;\n}\n';
const shop = (name: string, more: Readonly<Record<string, string>> = {}): string =>
  registry.project(name, {Kraftfile: kraftfile, 'main.c': main, ...more});

/** A package in the registry that is made of nothing but what is told, under another name and version. */
function publish(name: string, changes: {readonly version?: string; readonly lib?: (text: string) => string}): void {
  const folder = registry.copy('examples/alloc-fit', `${name}-${changes.version ?? '1.0.0'}-source`);
  const renamed = (text: string): string =>
    text.replaceAll('alloc-fit', name).replaceAll('alloc_fit', name.replaceAll('-', '_'));
  for (const file of ['lib.yaml', 'package.json', 'src/alloc-fit.c']) edit(folder, file, renamed);
  const version = changes.version ?? '1.0.0';
  edit(folder, 'lib.yaml', (text) => text.replace(/^version: .*$/m, `version: ${version}`));
  edit(folder, 'package.json', (text) => text.replace(/"version": "[^"]*"/, `"version": "${version}"`));
  if (changes.lib !== undefined) edit(folder, 'lib.yaml', changes.lib);
  registry.publish(folder);
}

describe('an allocator, from its folder to an image of somebody else', () => {
  test('is published once it passes, then found, added, chosen, built and booted', async () => {
    const author = registry.copy('examples/alloc-fit', 'alloc-fit');
    const published = await runTool(['lib', 'publish'], author);
    expect(published).toMatchObject({status: 0});
    expect(published.out).toContain('\nalloc-fit 1.0.0 passes: ');
    expect(published.out).toMatch(/^alloc-fit 1\.0\.0 is published: sha512-/m);

    const again = await runTool(['lib', 'publish'], author);
    expect(again.status).toBe(1);
    expect(again.error).toContain(
      'error: alloc-fit 1.0.0 is published already.\n  note: Published: 1.0.0.\n  help: Raise the version in the manifest and in package.json; kraft-ts lib check says by how much.\n',
    );

    const user = shop('user');
    expect((await runTool(['search', 'alloc'], user)).out).toMatch(/^alloc-fit .*An allocator for kraft-ts/m);
    const added = await runTool(['add', 'alloc-fit'], user);
    expect(added).toMatchObject({status: 0, error: ''});
    expect(added.out).toContain('Kraftfile:\n  4 + libraries: {alloc-fit: ^1.0.0}\n');
    expect(readFileSync(path.join(user, 'kraft.lock'), 'utf8')).toMatch(
      /^packages:\n {2}alloc-fit:\n {4}version: 1\.0\.0\n {4}integrity: "sha512-[^"]+"\n {4}content: [0-9a-f]{64}\n/m,
    );
    expect((await runTool(['list', '--installed'], user)).out).toContain('alloc-fit  1.0.0    alloc     as pinned');
    expect((await runTool(['run', '--plat', 'linuxu'], user)).out).toBe('memory\n');
    expect(await runTool(['run', '--plat', 'kvm', '--locked'], user)).toMatchObject({status: 0, out: 'memory\n'});
    expect((await runTool(['why', 'alloc-fit'], user)).out).toContain('alloc-fit 1.0.0 is in the image.\n');

    const removed = await runTool(['remove', 'alloc-fit'], user);
    expect(removed).toMatchObject({status: 0, error: ''});
    expect(readFileSync(path.join(user, 'Kraftfile'), 'utf8')).toBe(kraftfile);
    expect(readFileSync(path.join(user, 'kraft.lock'), 'utf8')).not.toContain('alloc-fit');
    expect((await runTool(['list', '--installed'], user)).out).toBe('No package is installed.\n');
  });
});

describe('what lies in node_modules is compared with the lock at every use', () => {
  publish('alloc-kept', {});

  test('files that were changed are refused, and installed anew', async () => {
    const user = shop('changed');
    await runTool(['add', 'alloc-kept'], user);
    const file = path.join(user, 'node_modules/alloc-kept/src/alloc-fit.c');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    const built = await runTool(['build'], user);
    expect(built).toMatchObject({status: 1, out: ''});
    expect(built.error).toContain(
      'error: The files in node_modules/alloc-kept are not those of alloc-kept 1.0.0 that kraft.lock pins.'
        .replace('node_modules', path.join(user, 'node_modules'))
        .replace('kraft.lock', path.join(user, 'kraft.lock')),
    );
    expect((await runTool(['list', '--installed'], user)).out).toContain('otherwise than pinned');
    rmSync(path.join(user, 'node_modules'), {recursive: true});
    expect(await runTool(['add'], user)).toMatchObject({status: 0, out: 'Installed 1 package, as kraft.lock pins.\n'});
    expect((await runTool(['plan'], user)).status).toBe(0);
  });

  test('a lock that disagrees with npm’s is refused', async () => {
    const user = shop('disagrees');
    await runTool(['add', 'alloc-kept'], user);
    edit(user, 'kraft.lock', (text) => text.replace(/sha512-.../, 'sha512-AAA'));
    const planned = await runTool(['plan'], user);
    expect(planned.error).toMatch(
      /^error: \S*kraft\.lock and package-lock\.json disagree on alloc-kept 1\.0\.0: it is not the tarball that was pinned\.$/m,
    );
    edit(user, 'kraft.lock', (text) => text.replace(/^( {2}alloc-kept:\n {4}version:) .*$/m, '$1 1.2.3'));
    expect((await runTool(['plan'], user)).error).toMatch(
      /^error: \S*kraft\.lock pins alloc-kept 1\.2\.3, but 1\.0\.0 is installed\.$/m,
    );
  });

  test('a tarball that the registry exchanged is refused, and nothing stays', async () => {
    publish('alloc-forged', {});
    const tarball = path.join(registry.storage, 'alloc-forged/alloc-forged-1.0.0.tgz');
    cpSync(path.join(registry.storage, 'alloc-kept/alloc-kept-1.0.0.tgz'), tarball);
    const user = shop('forged');
    // What npm published from here lies in its cache.
    vi.stubEnv('npm_config_cache', path.join(user, '../cache-of-forged'));
    const before = readdirSync(user);
    const {status, error} = await runTool(['add', 'alloc-forged'], user);
    expect(status).toBe(1);
    expect(error).toContain(
      'error: The tarball of alloc-forged is not the one that its integrity was written down for. Nothing was installed.',
    );
    expect(readdirSync(user)).toEqual(before);
    expect(readFileSync(path.join(user, 'Kraftfile'), 'utf8')).toBe(kraftfile);
  });
});

describe('add says what is wrong, and leaves everything as it was', () => {
  publish('alloc-many', {});
  publish('alloc-many', {version: '1.2.0'});

  const manifest = (name: string, more: object = {}): string =>
    JSON.stringify({name, version: '1.0.0', license: 'MIT', engines: {'kraft-ts': '>=0.1.0'}, ...more});

  test.each<readonly [string, Readonly<Record<string, string>>, string, RegExp]>([
    [
      'a name that is not there',
      {},
      'alloc-nobody',
      /^error: The registry http:\/\/127\.0\.0\.1:\d+\/ has no package "alloc-nobody"\.$/m,
    ],
    [
      'a range that no version fits',
      {},
      'alloc-many@^3',
      /^error: No version of alloc-many fits "\^3"\.\n {2}note: There are 1\.0\.0, 1\.2\.0\.$/m,
    ],
    ['a folder that is not there', {}, './nowhere', /^error: There is no \.\/nowhere\.$/m],
    [
      'a folder that is no package',
      {'plain/notes.txt': ''},
      './plain',
      /^error: The folder \.\/plain has no package\.json, so it is no package\.$/m,
    ],
    [
      'a package without a manifest',
      {'empty/package.json': manifest('empty')},
      './empty',
      /^error: The package "empty" has neither a lib\.yaml nor an interface\.yaml: it brings nothing\.$/m,
    ],
    [
      'a package with two',
      {'both/package.json': manifest('both'), 'both/lib.yaml': '', 'both/interface.yaml': ''},
      './both',
      /^error: \S+both has a lib\.yaml and an interface\.yaml: a package is a lib or an interface\.$/m,
    ],
    [
      'a package for something else',
      {'other/package.json': '{"name": "other", "version": "1.0.0"}', 'other/lib.yaml': 'name: other\n'},
      './other',
      /^error: The package "other" does not say that it is for kraft-ts\.\n {2}help: If it is yours: its package\.json wants "engines": \{"kraft-ts": ">=0\.1\.0"\}\.$/m,
    ],
    [
      'a manifest that disagrees with package.json',
      {
        'mine/package.json': manifest('mine', {version: '2.0.0'}),
        'mine/lib.yaml': 'name: yours\nversion: 1.0.0\nsummary: It.\nlicense: BSD-3-Clause\n',
      },
      './mine',
      /error: The name is "yours" in the manifest, but "mine" in \S+package\.json\.\n[\s\S]*error: The version is "1\.0\.0" in the manifest, but "2\.0\.0" in \S+\n[\s\S]*error: The license is "BSD-3-Clause" in the manifest, but "MIT" in \S+/m,
    ],
    [
      'a toolkit of another version',
      {
        'late/package.json': manifest('late', {engines: {'kraft-ts': '>=99'}}),
        'late/lib.yaml': 'name: late\nversion: 1.0.0\nsummary: It.\nlicense: MIT\n',
      },
      './late',
      /^error: The package "late" is for kraft-ts >=99, but this is \d+\.\d+\.\d+\.$/m,
    ],
    [
      'a name that the toolkit has',
      {
        'alloc-tlsf/package.json': manifest('alloc-tlsf'),
        'alloc-tlsf/lib.yaml': 'name: alloc-tlsf\nversion: 1.0.0\nsummary: It.\nlicense: MIT\n',
      },
      './alloc-tlsf',
      /error: A package brings the lib "alloc-tlsf", a name that the toolkit's own lib has\.$/m,
    ],
  ])('%s', async (title, files, what, message) => {
    const user = shop(`wrong-${title.replaceAll(/\W/g, '-')}`, files);
    const before = readdirSync(user);
    const {status, error, out} = await runTool(['add', what], user);
    expect(error).toMatch(message);
    expect({status, out}).toEqual({status: 1, out: ''});
    expect(readdirSync(user)).toEqual(before);
    expect(readFileSync(path.join(user, 'Kraftfile'), 'utf8')).toBe(kraftfile);
  });

  test('a lib may take the place of one of the toolkit where the user says so', async () => {
    const user = shop('replaces');
    cpSync(path.join(repository, 'examples/alloc-fit'), path.join(user, 'alloc-tlsf'), {recursive: true});
    for (const file of ['lib.yaml', 'package.json'])
      edit(path.join(user, 'alloc-tlsf'), file, (text) => text.replaceAll('alloc-fit', 'alloc-tlsf'));
    const added = await runTool(['add', './alloc-tlsf', '--replace'], user);
    expect(added).toMatchObject({status: 0, error: ''});
    expect((await runTool(['list', 'alloc-tlsf'], user)).out).toContain('alloc-tlsf 1.0.0: One list of free blocks');
  });

  test('a clash with the Kraftfile, with what would help', async () => {
    const user = shop('clash', {Kraftfile: `${kraftfile}choose: {alloc: alloc-buddy}\n`});
    const {status, error} = await runTool(['add', 'alloc-many'], user);
    expect(status).toBe(1);
    expect(error).toContain('Kraftfile:6:17');
    expect(readdirSync(user)).not.toContain('node_modules');
    expect(await runTool(['add', 'alloc-many', '--apply', '1'], user)).toMatchObject({status: 0});
  });
});

describe('versions', () => {
  test('outdated tells, update takes what the range allows, and the lock follows', async () => {
    const user = shop('versions');
    expect(await runTool(['add', 'alloc-many@1.0.0'], user)).toMatchObject({status: 0});
    edit(user, 'package.json', (text) => text.replace('"1.0.0"', '"^1.0.0"'));
    expect((await runTool(['outdated'], user)).out).toMatch(/^alloc-many {2}1\.0\.0 {4}1\.2\.0 {3}1\.2\.0$/m);
    expect((await runTool(['update'], user)).out).toBe('alloc-many  1.0.0 → 1.2.0\n');
    expect(readFileSync(path.join(user, 'kraft.lock'), 'utf8')).toMatch(/^ {2}alloc-many:\n {4}version: 1\.2\.0$/m);
    expect((await runTool(['outdated'], user)).out).toBe('Of no package there is a newer version.\n');
    expect((await runTool(['update'], user)).out).toBe('Everything is as new as package.json allows.\n');
  });
});
