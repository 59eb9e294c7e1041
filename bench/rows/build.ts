// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import {cpSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Group, Row} from '../row.ts';
import {kraft, repository, workFolder} from '../tool.ts';

/**
 * Start-up, and wall time of `kraft-ts build`, the whole command: on apps/hello the middle of several runs, with musl
 * one run each.
 */
export const buildTimes: Group = {
  name: 'build',
  rows: async () => {
    const project = path.join(workFolder, 'hello');
    rmSync(project, {recursive: true, force: true});
    cpSync(path.join(repository, 'apps/hello'), project, {
      recursive: true,
      filter: (source) => !source.includes('.kraft'),
    });
    const build = () => void kraft(project, ['build']);
    const source = path.join(project, 'hello.c');
    return [
      startUp(),
      row(
        'hello, cold build',
        '4.1 s',
        3,
        () => rmSync(path.join(project, '.kraft'), {recursive: true, force: true}),
        build,
      ),
      row('hello, build with nothing to do', '0.30 s', 0.2, () => undefined, build),
      row(
        'hello, build after one C file changed',
        '0.44 s',
        0.35,
        () => writeFileSync(source, `${readFileSync(source, 'utf8')}\n/* ${performance.now()} */\n`),
        build,
      ),
      ...withMusl(),
    ];
  },
};

/** SQLite in a store that holds sources and nothing else, then Lua in the same; then Redis as SQLite. */
function withMusl(): readonly Row[] {
  const store = path.join(workFolder, 'store');
  const kraftWith = (app: string, verb: string) =>
    void kraft(path.join(workFolder, app), [verb], {KRAFT_TS_CACHE: store});
  const lay = (app: string) => {
    rmSync(path.join(workFolder, app), {recursive: true, force: true});
    cpSync(path.join(repository, 'apps', app), path.join(workFolder, app), {
      recursive: true,
      filter: (source) => !['.kraft', 'data'].includes(path.basename(source)),
    });
    kraftWith(app, 'plan'); // which fetches the sources
  };
  const empty = () => {
    for (const entry of readdirSync(store)) if (entry !== 'sources') rmSync(path.join(store, entry), {recursive: true});
  };
  const build = (app: string) => milliseconds(() => kraftWith(app, 'build')) / 1000;
  const cold = (name: string, app: string, also: () => void): Row => ({
    ...{name, unit: 's', peer: '53–57 s', atMost: 45},
    measure: async () => {
      also();
      lay(app);
      empty();
      return build(app);
    },
  });
  return [
    cold('SQLite with musl, cold build', 'sqlite', () => rmSync(store, {recursive: true, force: true})),
    {
      name: 'Lua, the second app with musl, cold build',
      unit: 's',
      peer: '–',
      atMost: 15,
      measure: async () => {
        lay('lua');
        return build('lua');
      },
    },
    cold('Redis with musl, cold build', 'redis', () => undefined),
  ];
}

/** In turn, so that the machine's noise falls on both; the median of the ratios. */
function startUp(): Row {
  return {
    name: 'kraft-ts --version, by a node that does nothing',
    unit: 'ratio',
    peer: '–',
    atMost: 1.5,
    measure: async () => {
      const ratios: number[] = [];
      for (let pair = 0; pair < 15; pair += 1) {
        ratios.push(
          milliseconds(() => void kraft(workFolder, ['--version'])) /
            milliseconds(() => spawnSync(process.execPath, ['-e', '0'])),
        );
      }
      ratios.sort((a, b) => a - b);
      return ratios[7] ?? Number.NaN;
    },
  };
}

function milliseconds(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function row(name: string, peer: string, atMost: number, prepare: () => void, run: () => void): Row {
  return {
    name,
    unit: 's',
    peer,
    atMost,
    measure: async () => {
      const times: number[] = [];
      for (let index = 0; index < 5; index += 1) {
        prepare();
        times.push(milliseconds(run) / 1000);
      }
      times.sort((a, b) => a - b);
      return times[2] ?? Number.NaN;
    },
  };
}
