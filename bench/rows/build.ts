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

/** What a bare node takes on the machine that the limits in seconds are meant for. */
const bareNodeSeconds = 0.04;

/** SQLite in a store that holds sources and nothing else, then Lua in the same: in seconds, and by bare nodes. */
function withMusl(): readonly Row[] {
  const store = path.join(workFolder, 'store');
  const kraftWith = (app: string, verb: string) =>
    void kraft(path.join(workFolder, app), [verb], {KRAFT_TS_CACHE: store});
  const prepare = () => {
    rmSync(store, {recursive: true, force: true});
    for (const app of ['sqlite', 'lua']) {
      rmSync(path.join(workFolder, app), {recursive: true, force: true});
      cpSync(path.join(repository, 'apps', app), path.join(workFolder, app), {
        recursive: true,
        filter: (source) => !['.kraft', 'data'].includes(path.basename(source)),
      });
      kraftWith(app, 'plan'); // which fetches the sources
    }
    for (const entry of readdirSync(store)) if (entry !== 'sources') rmSync(path.join(store, entry), {recursive: true});
  };
  const cold = (app: string) => milliseconds(() => kraftWith(app, 'build')) / 1000;
  return [
    ...timed('SQLite with musl, cold build', '53–57 s', 45, () => {
      prepare();
      return cold('sqlite');
    }),
    ...timed('Lua, the second app with musl, cold build', '–', 15, () => cold('lua')),
  ];
}

/** A row in seconds, and one that tells the same on a machine of any speed. */
function timed(name: string, peer: string, atMost: number, measureOnce: () => number): readonly Row[] {
  let seconds = 0;
  return [
    {name, unit: 's', peer, atMost, measure: async () => (seconds = measureOnce())},
    {
      name: `${name}, by a node that does nothing`,
      unit: 'ratio',
      peer: '–',
      atMost: atMost / bareNodeSeconds,
      measure: async () => {
        const nodes = Array.from({length: 15}, () => milliseconds(bareNode) / 1000).sort((a, b) => a - b);
        return seconds / (nodes[7] ?? Number.NaN);
      },
    },
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
        ratios.push(milliseconds(() => void kraft(workFolder, ['--version'])) / milliseconds(bareNode));
      }
      ratios.sort((a, b) => a - b);
      return ratios[7] ?? Number.NaN;
    },
  };
}

function bareNode(): void {
  spawnSync(process.execPath, ['-e', '0']);
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
