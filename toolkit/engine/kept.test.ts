// SPDX-License-Identifier: BSD-3-Clause

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {type Host, nodeHost} from '../host/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kept-'));
const at = (...names: readonly string[]): string => path.join(folder, ...names);
const host: Host = {...nodeHost(), env: {KRAFT_TS_CACHE: at('cache')}};
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** Long enough for a time to be another, and for a file to have settled. */
const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 80));

/** As in another process. */
function anew(): void {
  vi.resetModules();
}

/** Everything in a folder, as one value, and whether it was made anew. */
async function look(tool = 'tool', key = 'key'): Promise<{value: unknown; made: boolean}> {
  let made = false;
  const {kept} = await import('./kept.ts');
  const value = await kept(host, {
    key,
    tool: tool === 'sources' ? undefined : tool,
    async make(watched) {
      made = true;
      const names = (await watched.list(at('in'))) ?? [];
      const texts = await Promise.all(names.map((name) => watched.readFile(at('in', name))));
      return {value: [names, texts, (await watched.facts(at('later'))) !== undefined], keep: true};
    },
  });
  return {value, made};
}

async function begin(): Promise<void> {
  mkdirSync(at('in'), {recursive: true});
  writeFileSync(at('in', 'one'), 'first');
  await settle();
  expect(await look()).toEqual({value: [['one'], ['first'], false], made: true});
  expect(await look()).toEqual({value: [['one'], ['first'], false], made: false});
}

test.each<readonly [string, () => void, unknown]>([
  ['a file that is written', () => writeFileSync(at('in', 'one'), 'other'), [['one'], ['other'], false]],
  [
    'a file that is written, with its time set back',
    () => {
      writeFileSync(at('in', 'one'), 'equal');
      utimesSync(at('in', 'one'), 1, 1);
    },
    [['one'], ['equal'], false],
  ],
  ['a file that comes', () => writeFileSync(at('in', 'two'), 'new'), [['one', 'two'], ['first', 'new'], false]],
  ['a file that goes', () => rmSync(at('in', 'one')), [[], [], false]],
  ['what was not there', () => writeFileSync(at('later'), ''), [['one'], ['first'], true]],
])('%s is noticed', async (_, change, value) => {
  await begin();
  change();
  await settle();
  expect(await look()).toEqual({value, made: true});
  expect((await look()).made).toBe(false);
});

test('a file behind a link is noticed, and another end of the link', async () => {
  mkdirSync(at('in'), {recursive: true});
  writeFileSync(at('far'), 'far');
  writeFileSync(at('near'), 'near');
  symlinkSync(at('far'), at('in', 'link'));
  await settle();
  expect((await look()).value).toEqual([['link'], ['far'], false]);
  expect((await look()).made).toBe(false);
  writeFileSync(at('far'), 'bar');
  await settle();
  expect((await look()).value).toEqual([['link'], ['bar'], false]);
  rmSync(at('in', 'link'));
  symlinkSync(at('near'), at('in', 'link'));
  await settle();
  expect((await look()).value).toEqual([['link'], ['near'], false]);
});

test('another tool, another key and no tool make it anew', async () => {
  await begin();
  expect((await look('tool 2')).made).toBe(true);
  expect((await look('tool', 'key 2')).made).toBe(true);
  expect((await look('sources')).made).toBe(true);
});

test('what was written just now is not relied upon', async () => {
  mkdirSync(at('in'), {recursive: true});
  writeFileSync(at('in', 'one'), 'first');
  expect((await look()).made).toBe(true);
  writeFileSync(at('in', 'one'), 'other');
  expect((await look()).value).toEqual([['one'], ['other'], false]);
});

test('a damaged file counts for nothing, and few are kept', async () => {
  await begin();
  const [name = ''] = readdirSync(at('cache', 'kept'));
  anew();
  expect((await look()).made).toBe(false);
  truncateSync(at('cache', 'kept', name), 40);
  anew();
  expect((await look()).made).toBe(true);
  writeFileSync(at('cache', 'kept', name), 'nonsense');
  anew();
  expect((await look()).made).toBe(true);
  for (let index = 0; index < 40; index++) await look('tool', String(index));
  expect(readdirSync(at('cache', 'kept'))).toHaveLength(32);
});

test('a cache that cannot be written costs nothing but time', async () => {
  mkdirSync(at('in'), {recursive: true});
  writeFileSync(at('cache'), 'a file, where a folder should be');
  await settle();
  expect((await look()).value).toEqual([[], [], false]);
  anew();
  expect((await look()).made).toBe(true);
});
