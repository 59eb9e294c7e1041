// SPDX-License-Identifier: BSD-3-Clause
// SQLite's shell from its own source: scripts, and data that outlives any kill.

import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {repository} from '../rig/repository.ts';
import {spawnTool} from '../rig/tool.ts';
import {live} from './sqlite-lives.ts';

const {rows, kills} = process.env.KRAFT_TS_SOAK === '1' ? {rows: 10_000, kills: 50} : {rows: 90, kills: 3};

let folder = '';
const here = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-sqlite-')));
  const from = path.join(repository, 'apps/sqlite');
  cpSync(from, folder, {recursive: true, filter: (file) => !['.kraft', 'data'].includes(path.basename(file))});
  // One image for both kinds of volume.
  const kraftfile = readFileSync(here('Kraftfile'), 'utf8');
  writeFileSync(here('Kraftfile'), kraftfile.replace("{fs-dev: '*'}", "{fs-dev: '*', fs-disk: '*'}"));
  mkdirSync(here('data'));
  const built = await spawnTool(['build'], {cwd: folder});
  expect(built, built.error).toMatchObject({status: 0});
}, 1_200_000);

afterAll(() => rmSync(folder, {recursive: true, force: true}));

test('the shell does what a script says, and ends with it', () => {
  const input = `CREATE TABLE t(a, b); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO t SELECT i, 'π' || i FROM n;\n.mode csv\nSELECT count(*), sum(a), max(b) FROM t;\nSELECT * FROM nowhere;\n`;
  const program = path.join(repository, 'bin/kraft-ts.mjs');
  const words = [program, 'run', '--no-build', '--', ':memory:'];
  const {stdout, status} = spawnSync(process.execPath, words, {cwd: folder, input, encoding: 'utf8', timeout: 120_000});
  expect(stdout.replaceAll('\r', '')).toMatch(
    /^1000,500500,"?π999"?\nParse error near line 5: no such table: nowhere\n/,
  );
  expect(status).toBe(1);
});

test.each([
  ['a folder of the host', './data:/data'],
  ['a disk', './data.img:/data'],
])('upon %s, no row that was committed is lost by a kill, and the database stays whole', async (_, volume) => {
  if (volume.includes('.img')) {
    writeFileSync(here('data.img'), '');
    truncateSync(here('data.img'), 64 * 1024 * 1024);
  }
  let kept = 0;
  for (let turn = 0; turn <= kills; turn++) {
    const left = Math.max(1, rows - kept);
    const after = 1 + Math.floor(Math.random() * Math.min(left, (2 * rows) / kills));
    const last = turn === kills;
    const kill = last ? {} : {kill: {after, wait: Math.random() * 30}};
    const life = await live({cwd: folder, volume, rows: left, ...kill});
    expect(life).toMatchObject({integrity: 'ok', count: life.largest, wrong: 0});
    // Commits that nobody was told of may have been made: a killed tool passes on no more of what the guest says.
    expect(life.largest - kept, `after kill ${turn}: ${kept} were told of`).toBeGreaterThanOrEqual(0);
    kept = life.kept;
  }
  const end = await live({cwd: folder, volume, rows: 0});
  expect(end).toMatchObject({integrity: 'ok', count: end.largest, wrong: 0});
  expect(end.largest).toBeGreaterThanOrEqual(rows);
});
