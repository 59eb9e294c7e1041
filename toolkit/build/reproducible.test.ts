// SPDX-License-Identifier: BSD-3-Clause

import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {type Fixture, makeFixture} from './fixture/fixture.ts';

const products = ['lamps.elf', 'lamps.debug.elf', 'image.json'];

test.each(['gcc', 'clang'] as const)(
  'two folders, and the kit in a third place, give the same bits by %s',
  async (compiler) => {
    const one = await makeFixture('a');
    const other = await makeFixture('a folder with another name');

    const first = await one.build({compiler});
    const second = await other.build({compiler, kit: 'else where'});

    expect(first.printed + second.printed).toBe('');
    expect(JSON.stringify(second.plan)).toBe(JSON.stringify(first.plan));
    for (const product of products) expect(await bytes(other, product)).toEqual(await bytes(one, product));
    for (const fixture of [one, other]) await fixture.host.remove(dirname(fixture.folder));
  },
);

test('a folder that is reached by a link gives the same bits', async () => {
  const fixture = await makeFixture();
  const {host, folder} = fixture;
  const link = join(dirname(folder), 'link');
  await host.symlink(folder, link);
  await fixture.build();
  const straight = await bytes(fixture, 'lamps.debug.elf');
  const {printed, steps} = await fixture.build({folder: link});
  expect(printed).toBe('');
  expect(steps).toContain('link lamps');
  expect(await bytes(fixture, 'lamps.debug.elf')).toEqual(straight);
  await host.remove(dirname(folder));
});

test('no folder of the machine is written into an image', async () => {
  const fixture = await makeFixture();
  await fixture.build();
  for (const product of products) {
    const text = Buffer.from(await bytes(fixture, product)).toString('latin1');
    expect(text).not.toContain(fixture.folder);
    expect(text).not.toContain('/usr/');
  }
  await fixture.host.remove(dirname(fixture.folder));
});

test('what stands in image.json is written in one order', async () => {
  const fixture = await makeFixture();
  await fixture.build();
  const text = Buffer.from(await bytes(fixture, 'image.json')).toString();
  await fixture.build({options: {loud: true}});
  await fixture.build({options: {loud: false}});
  expect(Buffer.from(await bytes(fixture, 'image.json')).toString()).toBe(text);
  await fixture.host.remove(dirname(fixture.folder));
});

async function bytes({host, buildFolder}: Fixture, product: string): Promise<Uint8Array> {
  return (await host.readBytes(join(buildFolder, product))) ?? new Uint8Array();
}
