// SPDX-License-Identifier: BSD-3-Clause

import {expect, it} from 'vitest';
import {memoryHost} from '../host/index.ts';
import {checkVolume, copyIn, copyOut, createVolume, listVolume} from './index.ts';

const path = '/work/data.img';
const names = Array.from({length: 400}, (_, at) => `a name of some length, with Zoë in it, ${at}`);

async function filled() {
  const host = memoryHost({
    files: {
      '/work/site/a b/index.html': 'hello',
      '/work/site/big': `${'0123456789abcdef'.repeat(1000)}${'\0'.repeat(20_000)}end`,
      '/work/site/empty': '',
      ...Object.fromEntries(names.map((name) => [`/work/site/many/${name}`, name])),
    },
  });
  await host.symlink('a b/index.html', '/work/site/link');
  await host.chmod('/work/site/empty', 0o755);
  expect(await createVolume(host, {path, size: '4MiB'})).toEqual({ok: true, value: {path, size: 4 * 1024 * 1024}});
  expect(await copyIn(host, {outside: '/work/site', path, inside: '/'})).toEqual({ok: true, value: 407});
  return host;
}

it('keeps what is copied to a disk, and gives it back', async () => {
  const host = await filled();
  const sound = await checkVolume(host, path);
  expect(sound).toMatchObject({ok: true, value: {files: 408, blocks: 1024, findings: []}});
  expect(await copyOut(host, {outside: '/work/back', path, inside: '/site'})).toEqual({ok: true, value: 407});
  const {'/work/site/big': big, ...files} = host.files();
  for (const [name, content] of Object.entries(files))
    if (name.startsWith('/work/site/')) expect(files[name.replace('site', 'back')]).toBe(content);
  expect(host.files()['/work/back/big']).toBe(big);
  expect(await host.readLink('/work/back/link')).toBe('a b/index.html');
  expect((await host.facts('/work/back/empty'))?.executable).toBe(true);
});

it('lists a folder, or a file alone', async () => {
  const host = await filled();
  const root = await listVolume(host, {path, inside: '/site'});
  expect(root.ok && root.value.map(({name, size, mode, links}) => [name, size, mode.toString(8), links])).toEqual([
    ['a b', 0, '40755', 2],
    ['big', 36_003, '100644', 1],
    ['empty', 0, '100755', 1],
    ['link', 14, '120777', 1],
    ['many', 0, '40755', 2],
  ]);
  expect(await listVolume(host, {path, inside: '/site/link'})).toMatchObject({
    ok: true,
    value: [{target: 'a b/index.html'}],
  });
});

it('puts a file in the place of another, into folders and beside them', async () => {
  const host = await filled();
  await host.writeFile('/work/note', 'new');
  for (const inside of ['/site/big', '/site/a b', '/beside'])
    expect(await copyIn(host, {outside: '/work/note', path, inside})).toEqual({ok: true, value: 1});
  for (const inside of ['/site/big', '/site/a b/note', '/beside']) {
    await copyOut(host, {outside: '/work/got', path, inside});
    expect(host.files()['/work/got']).toBe('new');
  }
  expect(await checkVolume(host, path)).toMatchObject({ok: true, value: {findings: []}});
});

it('says what is in the way, and then changes nothing', async () => {
  const host = await filled();
  const before = await host.readBytes(path);
  await host.writeFile('/work/large', new Uint8Array(5 * 1024 * 1024).fill(1));
  await host.writeFile('/work/none.img', 'something else'.repeat(100_000));
  const said = async (from: string, inside: string, image = path) => {
    const result = await copyIn(host, {outside: from, path: image, inside});
    return result.ok ? 'copied' : result.error[0]?.message;
  };
  expect(await said('/work/large', '/')).toMatch(/does not fit: .* the disk is full/);
  expect(await said('/work/note', '/')).toBe('There is no /work/note.');
  expect(await said('/work/site', '/nowhere/x')).toBe('The disk /work/data.img has no folder /nowhere.');
  expect(await said('/work/large', '/', '/work/none.img')).toBe(
    "The file /work/none.img is no disk of the guest's: it holds something else.",
  );
  expect(await said('/work/large', '/', '/work/nowhere.img')).toBe('There is no disk image /work/nowhere.img.');
  const after = await listVolume(host, {path, inside: '/site/many'});
  expect(after.ok && after.value).toHaveLength(400);
  expect((await host.readBytes(path))?.subarray(0, 8192)).toEqual(before?.subarray(0, 8192));
  expect(await createVolume(host, {path, size: '1MiB'})).toMatchObject({ok: false});
  expect(await createVolume(host, {path: '/work/x.img', size: '1 KiB'})).toMatchObject({ok: false});
  expect(await createVolume(host, {path: '/work/x.img', size: 'large'})).toMatchObject({ok: false});
});

it('finds each damage of the tree in the block where it is', async () => {
  const host = await filled();
  const bytes = Uint8Array.from((await host.readBytes(path)) ?? []);
  const view = new DataView(bytes.buffer);
  const tree = Array.from({length: bytes.length / 4096}, (_, at) => at * 4096).filter(
    (at) => at >= 8192 && view.getUint32(at + 8, true) === 0x65657274,
  );
  expect(tree.length).toBeGreaterThan(20);
  for (const [index, at] of tree.entries()) {
    const damaged = Uint8Array.from(bytes);
    const place = at + ((index * 997) % 4096);
    damaged[place] = (damaged[place] ?? 0) ^ 4;
    await host.writeFile(path, damaged);
    const checked = await checkVolume(host, path);
    expect(checked).toMatchObject({ok: true, value: {findings: [{offset: at}]}});
    expect(await listVolume(host, {path, inside: '/'})).toMatchObject({ok: false});
  }
});

it('tells a superblock that is damaged, and goes on with the other', async () => {
  const host = await filled();
  await copyIn(host, {outside: '/work/site/big', path, inside: '/second'});
  const bytes = Uint8Array.from((await host.readBytes(path)) ?? []);
  bytes[30] = 255; // generation 2 lies in block 0
  await host.writeFile(path, bytes);
  expect(await checkVolume(host, path)).toMatchObject({ok: true, value: {findings: [{offset: 0}]}});
  const listed = await listVolume(host, {path, inside: '/'});
  expect(listed.ok && listed.value.map(({name}) => name)).toEqual(['site']);
});
