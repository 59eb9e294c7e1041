// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import path from 'node:path';
import type {Group, Row} from '../row.ts';
import {build, kraft, repository, runCommand} from '../tool.ts';

const deterministic = '-icount shift=0,sleep=off -rtc base=2020-01-01,clock=vm -seed 1';

/** Figures that guest programs under bench/guest take with the TSC, which counts instructions under -icount. */
export const guest: Group = {
  name: 'guest',
  rows: async () => {
    const sched = figuresOfLib('libs/sched-coop');
    const preempt = figuresOf('bench/guest/sched-preempt');
    const pthread = figuresOf('bench/guest/pthread');
    const alloc = figuresOfLib('libs/alloc-tlsf');
    const vfs = figuresOf('bench/guest/vfs');
    const pipe = figuresOf('bench/guest/pipe');
    return [
      row('context switch', 'instructions', '286', 60, () => figure(sched(), 'switch')),
      row('context switch, preemptive', 'instructions', '–', 60, () => figure(preempt(), 'switch')),
      row('preemption by a tick', 'instructions', '–', 600, () => figure(preempt(), 'preemption')),
      row('thread spawn+run+join, preemptive', 'instructions', '–', 1500, () => figure(preempt(), 'spawn-run-join')),
      row('pthread create+run+join', 'instructions', '5,490', 1500, () => figure(pthread(), 'create-run-join')),
      row('getppid, from C', 'instructions', 'function call', 12, () => figure(pthread(), 'getppid')),
      row('malloc/free mix, average', 'instructions', '150 (buddy)', 90, () => figure(alloc(), 'mix')),
      row('memory per live 64-byte allocation', 'bytes', '4,096', 96, () => figure(alloc(), 'live-64')),
      row('open and close a file in memory', 'instructions', '4,404 (Linux)', 900, () => figure(vfs(), 'open-close')),
      row('pread 4 KiB of a file in memory', 'instructions', '1,369 (Linux)', 800, () => figure(vfs(), 'pread-4k')),
      row('a byte through a pipe, written and read', 'instructions', '1,474 (Linux)', 400, () =>
        figure(pipe(), 'pipe'),
      ),
      row(
        'epoll wait of 901 by one of 1',
        'ratio',
        '–',
        1.01,
        () => figure(pipe(), 'epoll-901') / figure(pipe(), 'epoll-1'),
      ),
    ];
  },
};

function row(name: string, unit: string, peer: string, atMost: number, measure: () => number): Row {
  return {name, unit, peer, atMost, measure: async () => measure()};
}

/** Builds and runs a guest program once, when its first figure is asked for. */
function figuresOf(folder: string): () => ReadonlyMap<string, number> {
  let figures: ReadonlyMap<string, number> | undefined;
  return () => {
    figures ??= run(folder);
    return figures;
  };
}

/** The same of a lib, with the benchmark of the interface that it provides. */
function figuresOfLib(folder: string): () => ReadonlyMap<string, number> {
  let figures: ReadonlyMap<string, number> | undefined;
  return () => {
    figures ??= benched(folder);
    return figures;
  };
}

function benched(folder: string): ReadonlyMap<string, number> {
  const report: {
    readonly name: string;
    readonly figures: readonly {readonly name: string; readonly values: Readonly<Record<string, number>>}[];
  } = JSON.parse(kraft(path.join(repository, folder), ['lib', 'bench', '--alone', '--json']));
  return new Map(report.figures.map(({name, values}) => [name, values[report.name] ?? Number.NaN]));
}

function run(folder: string): ReadonlyMap<string, number> {
  const command = `${runCommand(build(folder), [])} ${deterministic}`;
  const result = spawnSync('sh', ['-c', `exec ${command}`], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
  const figures = new Map<string, number>();
  for (const match of result.stdout.matchAll(/^figure (\S+) (\d+(?:\.\d+)?)\r?$/gm)) {
    const [, name = '', value = ''] = match;
    figures.set(name, Number(value));
  }
  if (figures.size === 0) throw new Error(`${folder} printed no figures: ${result.stdout}${result.stderr}`);
  return figures;
}

function figure(figures: ReadonlyMap<string, number>, name: string): number {
  const value = figures.get(name);
  if (value === undefined) throw new Error(`There is no figure ${name}, only ${[...figures.keys()].join(', ')}`);
  return value;
}
