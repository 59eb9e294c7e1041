// SPDX-License-Identifier: BSD-3-Clause

import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openEngine, runProject} from '../../toolkit/engine.ts';
import {tarball} from '../../toolkit/store/tarball.ts';
import {temporaryProject} from '../rig/project.ts';

const source = `
#include <kraft/print.h>
#include <kraft/vfs.h>
int main(int argc, char **argv)
{
    char text[64];
    for (int i = 1; i < argc; i++) {
        int file = kr_vfs_openat(KR_VFS_HERE, argv[i], KR_VFS_READ, 0);
        int64_t length = kr_vfs_read(file, text, sizeof(text));
        if (length < 0)
            kr_print_format("%s: %d\\n", argv[i], file < 0 ? -file : (int)-length);
        else
            kr_print_write(text, (size_t)length);
        kr_vfs_close(file);
    }
    return kr_vfs_openat(KR_VFS_HERE, "/new", KR_VFS_CREATE | KR_VFS_WRITE, 0644) == -KR_EROFS ? 0 : 1;
}
`;
const kraftfile = "spec: v1\nname: reader\nneeds: [vfs, print]\nlibraries: {fs-dev: '*'}\nrootfs: ROOT\n";
const kit = join(import.meta.dirname, '..', '..');

function project(rootfs: string): string {
  const {folder} = temporaryProject({Kraftfile: kraftfile.replace('ROOT', rootfs), 'reader.c': source});
  return folder;
}

function fill(folder: string): void {
  mkdirSync(join(folder, 'root', 'a b', 'empty'), {recursive: true});
  writeFileSync(join(folder, 'root', 'a b', 'Zoë'), 'Zoë was here.\n');
  symlinkSync('a b/Zoë', join(folder, 'root', 'link'));
  symlinkSync('loop', join(folder, 'root', 'loop'));
}

async function run(folder: string, plat: string, args: readonly string[]) {
  const shown: Uint8Array[] = [];
  const engine = openEngine({
    kit,
    cwd: folder,
    directory: undefined,
    onEvent: (event) => {
      if (event.type === 'run' && event.reason === 'console') shown.push(event.bytes);
    },
  });
  const ended = await runProject(engine, {
    plat,
    args,
    build: 'when-needed',
    ports: [],
    accelerator: 'tcg',
    timeout: 30_000,
  });
  const console = Buffer.concat(shown).toString('utf8');
  return ended.ok ? {console, outcome: ended.value} : ended.error.map(({message}) => message);
}

test.each(['kvm', 'linuxu'])('an app on %s reads its rootfs', {timeout: 120_000}, async (plat) => {
  const folder = project('./root');
  fill(folder);
  const args = ['/a b/Zoë', '/link', '/loop', '/gone', '/a b', '/dev/null'];
  const both = 'Zoë was here.\nZoë was here.\n';
  expect(await run(folder, plat, args)).toEqual({
    console: `${both}/loop: 40\n/gone: 2\n/a b: 21\n`,
    outcome: {kind: 'exited', status: 0},
  });
});

test('equal roots make equal images, and another file another one', {timeout: 120_000}, async () => {
  const images = [];
  for (const last of ['', '', 'more']) {
    const folder = project('./root');
    fill(folder);
    writeFileSync(join(folder, 'root', 'last'), last);
    await run(folder, 'linuxu', []);
    images.push(readFileSync(join(folder, '.kraft/build/linuxu-x86_64/reader.elf')));
  }
  expect(images[0]?.equals(images[1] ?? Buffer.alloc(0))).toBe(true);
  expect(images[1]?.equals(images[2] ?? Buffer.alloc(0))).toBe(false);
});

test('a tar archive is a root as well, and what is no root is told', {timeout: 120_000}, async () => {
  const folder = project('root.tar');
  const entries = [
    {path: './deep/er/file', content: 'in a tar\n'},
    {path: 'hard', type: '1', target: 'deep/er/file'},
  ];
  writeFileSync(join(folder, 'root.tar'), tarball(entries));
  expect(await run(folder, 'linuxu', ['/deep/er/file', '/hard'])).toMatchObject({console: 'in a tar\nin a tar\n'});
  writeFileSync(join(folder, 'root.tar'), 'no archive');
  expect(await run(folder, 'linuxu', [])).toEqual([
    'The root file system "root.tar" cannot be packed: it is no tar archive, or an empty one.',
  ]);
  expect(await run(project('./nowhere'), 'linuxu', [])).toEqual([
    'The root file system "./nowhere" cannot be packed: there is no such file or folder.',
  ]);
});
