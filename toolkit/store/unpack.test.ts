// SPDX-License-Identifier: BSD-3-Clause

import {gzipSync} from 'node:zlib';
import {expect, it} from 'vitest';
import {memoryHost, nodeHost} from '../host/index.ts';
import {type TarballEntry, tarball} from './tarball.ts';
import {unpack} from './unpack.ts';

const name = 'a.tar';

async function open(entries: readonly TarballEntry[]): Promise<unknown> {
  const result = await unpack(memoryHost(), {name, bytes: tarball(entries)});
  if (!result.ok) return result.error.message;
  const {files, links, fileLinks} = result.value;
  return {
    files: Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])),
    links: Object.fromEntries(links),
    fileLinks,
  };
}

const file = (path: string): TarballEntry => ({path, content: path});
const link = (path: string, target: string): TarballEntry => ({path, type: '2', target});

it.each([
  ['strips one outermost folder', [file('top/a'), file('top/b/c')], {a: 'top/a', 'b/c': 'top/b/c'}],
  ['strips it before ./', [{path: './'}, {path: './top/'}, file('./top/a')], {a: './top/a'}],
  ['keeps two', [file('one/a'), file('two/a')], {'one/a': 'one/a', 'two/a': 'two/a'}],
  ['keeps a file beside', [file('top/a'), file('b')], {'top/a': 'top/a', b: 'b'}],
  ['takes the last of two files of one path', [file('t/a'), {path: 't/a', content: 'new'}], {a: 'new'}],
  ['keeps files whose names differ in case', [file('t/a'), file('t/A')], {a: 't/a', A: 't/A'}],
  ['copies what a hard link leads to', [file('t/a'), {path: 't/b', type: '1', target: 't/a'}], {a: 't/a', b: 't/a'}],
])('%s', async (_title, entries, files) => {
  expect(await open(entries)).toEqual({files, links: {}, fileLinks: []});
});

it('keeps links that stay inside', async () => {
  const entries = [
    file('t/a/b'),
    link('t/c', 'a/b'),
    link('t/a/d', '../a'),
    link('t/e', 'nothing'),
    link('t/f', 'a/d/b'),
  ];
  expect(await open(entries)).toMatchObject({
    links: {c: 'a/b', 'a/d': '../a', e: 'nothing', f: 'a/d/b'},
    fileLinks: ['c', 'f'],
  });
});

it.each([
  [[file('/etc/passwd')], "its entry '/etc/passwd' has an absolute path."],
  [[file('t/../../x')], "its entry 't/../../x' leads out of its folder."],
  [[file('..')], "its entry '..' leads out of its folder."],
  [[file('t/a\nb')], "its entry 't/a\\nb' has a control character in its name."],
  [[file('t/a'), link('t/x', '/etc')], "its link 'x' leads out, to '/etc'."],
  [[file('t/a'), link('t/x', '..')], "its link 'x' leads out, to '..'."],
  [[file('t/a'), link('t/b/x', '../../..')], "its link 'b/x' leads out, to '../../..'."],
  [[file('t/a/b/c'), link('t/a/b/up', '../..'), link('t/x', 'a/b/up/..')], "its link 'x' leads out, to 'a/b/up/..'."],
  [[file('t/a'), link('t/x', 'y'), link('t/y', 'x')], "its link 'x' leads round in a circle."],
  [[link('t/x', '/tmp'), file('t/x/a')], "its entry 't/x/a' goes through the link 'x'."],
  [[file('t/x/a'), link('t/x', '/tmp')], "its entry 't/x' is a folder elsewhere in it."],
  [[file('t/x'), file('t/x/a')], "its entry 't/x/a' needs a folder where the file 'x' is."],
  [[file('t/x'), {path: 't/x/'}], "its entry 't/x/' is a folder here and a file elsewhere in it."],
  [[file('t/a'), {path: 't/b', type: '1', target: '/etc/passwd'}], "its link 't/b' leads out, to '/etc/passwd'."],
  [[file('t/a'), {path: 't/b', type: '1', target: 't/../../x'}], "its link 't/b' leads out, to 't/../../x'."],
  [
    [file('t/a'), {path: 't/b', type: '1', target: 't/c'}],
    "its link 't/b' leads to 't/c', which is no file before it.",
  ],
  [
    [file('t/a'), {path: 't/dev', type: '3'}],
    "its entry 't/dev' is a device; only files, folders and links are unpacked.",
  ],
  [
    [file('t/a'), {path: 't/dev', type: '4'}],
    "its entry 't/dev' is a device; only files, folders and links are unpacked.",
  ],
  [
    [file('t/a'), {path: 't/pipe', type: '6'}],
    "its entry 't/pipe' is a pipe; only files, folders and links are unpacked.",
  ],
  [[file('t/.kraft-listing.json')], "its entry 't/.kraft-listing.json' has a name that the store keeps for itself."],
  [[], 'it is no tar archive, or an empty one.'],
])('refuses %j', async (entries, reason) => {
  expect(await open(entries)).toBe(`The archive a.tar was not unpacked: ${reason}`);
});

it('refuses what is no archive, or half of one', async () => {
  const bytes = tarball([{path: 't/a', content: 'x'.repeat(2000)}]);
  for (const damaged of [
    Buffer.from('<html>not found</html>'),
    bytes.subarray(0, 1100),
    gzipSync(bytes).subarray(0, 40),
    gzipSync('no tar'),
  ]) {
    const result = await unpack(memoryHost(), {name, bytes: damaged});
    expect(result).toMatchObject({
      ok: false,
      error: {message: expect.stringMatching(/^The archive a\.tar was not unpacked: it is (damaged|no tar)/)},
    });
  }
});

it.each(['gzip', 'xz', 'bzip2'])('refuses what %s made small of something enormous', async (program) => {
  const packed = await nodeHost().run('sh', ['-c', `head -c 3000000 /dev/zero | ${program} | base64 -w0`]);
  if (packed === 'not-found') throw new Error('no sh');
  const result = await unpack(nodeHost(), {name, bytes: Buffer.from(packed.stdout, 'base64')}, 2 * 1024 * 1024);
  expect(result).toMatchObject({
    ok: false,
    error: {message: 'The archive a.tar was not unpacked: unpacked, it is larger than 2 MiB.'},
  });
});

it.each(['gzip', 'xz', 'bzip2'])('opens what %s packed', async (program) => {
  const packed = await nodeHost().run('sh', ['-c', `${program} | base64 -w0`], {input: tarball([file('t/a')])});
  if (packed === 'not-found') throw new Error('no sh');
  const result = await unpack(nodeHost(), {name, bytes: Buffer.from(packed.stdout, 'base64')});
  expect(result.ok && [...result.value.files.keys()]).toEqual(['a']);
});
