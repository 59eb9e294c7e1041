// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {nodeHost} from '../../host/index.ts';
import {tarball} from '../tarball.ts';
import {readNewc, writeNewc} from './newc.ts';
import {packRootfs} from './pack-rootfs.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kraft-ts-rootfs-'))));
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** What is in the packed root, but for the folders that every root has: modes in octal and contents. Or what is wrong. */
async function pack(rootfs: string): Promise<unknown> {
  const at = {source: {path: 'Kraftfile', text: rootfs}, offset: 0, length: rootfs.length};
  const request = {folder, rootfs: {value: rootfs, at}, mountPoints: [], without: join(folder, '.kraft')};
  const packed = await packRootfs(nodeHost(), request);
  if (!packed.ok) return packed.error.map(({message}) => message.replace(/^.* cannot be packed: /, '')).join('\n');
  const read = readNewc(packed.value);
  if (!read.ok) throw new Error(read.error);
  const shown = read.value.filter(({path}) => !['dev', 'proc', 'tmp'].includes(path));
  return Object.fromEntries(
    shown.map(({path, mode, content}) => [path, `${mode.toString(8)} ${Buffer.from(content).toString()}`.trim()]),
  );
}

const cpio = (entries: Readonly<Record<string, readonly [number, string]>>) =>
  writeNewc(Object.entries(entries).map(([path, [mode, text]]) => ({path, mode, content: Buffer.from(text)})));
const latin = Buffer.from(cpio({'z!': [0o100644, 'x']}));
latin[latin.indexOf('z!') + 1] = 0xeb;
const nul = Buffer.from(cpio({'a!b': [0o100644, 'x']}));
nul[nul.indexOf('a!b') + 1] = 0;
const tar = tarball([{path: 'f', content: 'hi'}, {path: 'g'}]);
const deep = Array.from({length: 45}, () => 'd'.repeat(100)).join('/');

it.each([
  ['a tar archive', tar, {f: '100644 hi', g: '100644'}],
  ['a compressed one', gzipSync(tar), {f: '100644 hi', g: '100644'}],
  ['a cpio archive', cpio({f: [0o100644, 'hi'], s: [0o120777, '/f']}), {f: '100644 hi', s: '120777 /f'}],
  [
    'odd permission',
    cpio({a: [0o104710, ''], b: [0o100000, ''], c: [0o041777, '']}),
    {a: '100755', b: '100644', c: '40755'},
  ],
  ['a tar archive that was cut off in a file', tar.subarray(0, 700), /^it is damaged .*Truncated input/],
  ['one that was cut off in a header', tar.subarray(0, 1100), 'it is damaged: its end is missing.'],
  ['one that was cut off behind a file', tar.subarray(0, 1024), 'it is damaged: its end is missing.'],
  ['a text', 'no archive\n'.repeat(100), 'it is no tar archive, or an empty one.'],
  ['nothing', '', 'it is no tar archive, or an empty one.'],
  ['a cpio archive that was cut off', cpio({f: [0o100644, 'hi']}).subarray(0, 200), 'it is damaged.'],
  ['an old cpio archive', `070707${'0'.repeat(200)}`, /another format than newc/],
  ['a binary cpio archive', Buffer.from('c771'.padEnd(200, '0'), 'hex'), /another format than newc/],
  ['a pipe', cpio({p: [0o010644, '']}), '"p" in it is neither a file, a folder nor a link.'],
  [
    'a long name',
    cpio({['n'.repeat(256)]: [0o100644, '']}),
    `"${'n'.repeat(59)}…" in it is a name of 256 bytes, but 255 is the most.`,
  ],
  ['a name as long as can be', cpio({['é'.repeat(127)]: [0o100644, '']}), {['é'.repeat(127)]: '100644'}],
  ['a long path', cpio({[deep]: [0o100644, '']}), /in it is a path of 4545 bytes, but 4095 is the most\.$/],
  [
    'a link to a long path',
    cpio({s: [0o120777, deep]}),
    '"s" in it is a link to a path of 4544 bytes, but 4095 is the most.',
  ],
  ['a link to nothing', cpio({s: [0o120777, '']}), '"s" in it is a link to nothing.'],
  ['a name in Latin 1', latin, 'the name of "z\uFFFD" in it is not written in UTF-8.'],
  ['a name with a NUL', nul, 'the name of "a\\0b" in it has a NUL.'],
])('reads %s, or says what is wrong', async (_title, bytes, expected) => {
  writeFileSync(join(folder, 'root'), bytes);
  const packed = await pack('root');
  if (expected instanceof RegExp) expect(packed).toMatch(expected);
  else expect(packed).toEqual(expected);
});

it('says which file of a folder cannot be in a root', async () => {
  const root = join(folder, 'root');
  mkdirSync(root);
  execFileSync('mkfifo', [join(root, 'pipe')]);
  expect(await pack('root')).toBe('"pipe" in it is neither a file, a folder nor a link.');
  rmSync(join(root, 'pipe'));
  const name = Buffer.concat([Buffer.from(`${root}/z`), Buffer.from([0xeb])]);
  writeFileSync(name, '');
  expect(await pack('root')).toBe('the name of "z\uFFFD" in it is not written in UTF-8.');
  rmSync(name);
  writeFileSync(join(root, 'huge'), '');
  truncateSync(join(root, 'huge'), 5 * 1024 ** 3);
  expect(await pack('root')).toBe('"huge" in it is larger than 1024 MiB.');
});

it('does not pack what was built, where the root is the folder of the Kraftfile', async () => {
  mkdirSync(join(folder, '.kraft/build'), {recursive: true});
  writeFileSync(join(folder, '.kraft/build/rootfs.cpio'), 'the one before');
  writeFileSync(join(folder, 'index.html'), 'hello');
  symlinkSync('index.html', join(folder, 'default'));
  expect(await pack('.')).toEqual({default: '120777 index.html', 'index.html': '100644 hello'});
});
