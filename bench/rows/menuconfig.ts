// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {spawn} from '@lydell/node-pty';
import {writeLargeProject} from '../large-project.ts';
import type {Group, Row} from '../row.ts';
import {repository, workFolder} from '../tool.ts';

const libs = 2000;
const keys = 300;
const frameEnd = '\u001b[?2026l';

/** `menuconfig` on a catalog of 2,000 libs with 16,000 options, in a terminal of 120 × 40. */
export const menuconfig: Group = {
  name: 'menuconfig',
  rows: async () => {
    const folder = path.join(workFolder, 'large');
    rmSync(folder, {recursive: true, force: true});
    writeLargeProject(folder, libs);
    const starts: Start[] = [];
    for (let index = 0; index < 5; index++) starts.push(await start(folder));
    const keys = await pressKeys(folder);
    const [pressed, busy] = [keys.map(({time}) => time), keys.map(({processor}) => processor)];
    return [
      // The time for which the thread that draws had a processor: beside other work, this says more.
      row('menuconfig, key → frame, processor, median', 'ms', 16, at(busy, 0.5)),
      row('menuconfig, key → frame, processor, 99th perc.', 'ms', 33, at(busy, 0.99)),
      row('menuconfig, start → first frame', 's', 0.25, middle(starts.map(({first}) => first)) / 1000),
      row('menuconfig, start → catalog and image shown', 's', 10, middle(starts.map(({whole}) => whole)) / 1000),
      row('menuconfig, key → frame, median', 'ms', 16, at(pressed, 0.5)),
      row('menuconfig, key → frame, 99th percentile', 'ms', 33, at(pressed, 0.99)),
    ];
  },
};

/** Milliseconds from the start of the process. */
interface Start {
  readonly first: number;
  readonly whole: number;
}

async function start(folder: string): Promise<Start> {
  const began = performance.now();
  const terminal = open(folder);
  await terminal.shown('Components');
  const first = performance.now() - began;
  await terminal.shown(/memory [\s\S]*libs/);
  const whole = performance.now() - began;
  terminal.close();
  return {first, whole};
}

/** Milliseconds from a key to the end of its frame; and of these, for how long the thread that draws had a processor. */
interface Pressed {
  readonly time: number;
  readonly processor: number;
}

/** Moves, pages, searches and toggles among 250 libs. */
async function pressKeys(folder: string): Promise<readonly Pressed[]> {
  const terminal = open(folder);
  await terminal.shown(/memory [\s\S]*libs/);
  for (const key of ['\u001b[B', '\r', '\u001b[B', '\r', '\u001b[6~']) await terminal.press(key);
  const round = [
    '\u001b[B',
    '\u001b[B',
    'j',
    '\u001b[6~',
    'k',
    ' ',
    '\u001b[A',
    '\u001b[5~',
    'u',
    '?',
    'q',
    '/',
    'l',
    'a',
    'r',
    '\u001b[D',
  ];
  const times: Pressed[] = [];
  for (let index = 0; index < keys; index++) {
    const pressed = await terminal.press(round[index % round.length] ?? 'j');
    if (pressed !== undefined) times.push(pressed);
  }
  terminal.close();
  return times;
}

function open(folder: string) {
  const child = spawn(process.execPath, [path.join(repository, 'bin/kraft-ts.mjs'), 'menuconfig'], {
    cwd: folder,
    cols: 120,
    rows: 40,
    env: {...process.env, LANG: 'C.UTF-8', TERM: 'xterm-256color'},
  });
  let seen = '';
  let hear: () => void = () => undefined;
  child.onData((data) => {
    seen += data;
    hear();
  });
  /** Whether it is there before so many milliseconds are over. */
  const until = (isThere: () => boolean, patience: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patience);
      hear = () => {
        if (!isThere()) return;
        clearTimeout(timer);
        resolve(true);
      };
      hear();
    });
  return {
    async shown(text: string | RegExp): Promise<void> {
      const isThere = await until(
        () => (typeof text === 'string' ? seen.includes(text) : text.test(plain(seen))),
        60_000,
      );
      if (!isThere) throw new Error(`menuconfig does not show ${String(text)}:\n${plain(seen).slice(-2000)}`);
    },
    /** Undefined where nothing is drawn: a key that changes nothing, as in a sheet with one choice. */
    async press(key: string): Promise<Pressed | undefined> {
      seen = '';
      const before = processorTime(child.pid);
      const began = performance.now();
      child.write(key);
      if (!(await until(() => seen.includes(frameEnd), 2000))) return undefined;
      const pressed = {time: performance.now() - began, processor: processorTime(child.pid) - before};
      // What the engine answers is drawn in frames of its own.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return pressed;
    },
    close: () => child.kill('SIGKILL'),
  };
}

/** Milliseconds for which the first thread of a process had a processor: proc(5), schedstat. */
function processorTime(process: number): number {
  return Number(readFileSync(`/proc/${process}/task/${process}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

function plain(text: string): string {
  return text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
}

function middle(values: readonly number[]): number {
  return at(values, 0.5);
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function row(name: string, unit: string, atMost: number, figure: number): Row {
  return {name, unit, peer: '–', atMost, measure: async () => figure};
}
