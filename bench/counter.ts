// SPDX-License-Identifier: BSD-3-Clause

import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {closeSync, openSync, readSync} from 'node:fs';
import path from 'node:path';
import {compile, workFolder} from './tool.ts';

/** What the counter plugin has counted so far. */
export interface Figures {
  readonly instructions: number;
  readonly from: {readonly first: number; readonly executions: number};
  readonly to: {readonly first: number; readonly executions: number};
}

/** A guest whose executed instructions can be read while it runs. */
export interface CountedGuest {
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  output(): string;
  figures(): Figures;
}

let guests = 0;

/** Runs a QEMU shell command with the counter plugin; addresses mark instructions, see plugin/count.c. */
export function startCounted(
  command: string,
  marks: {readonly from?: string; readonly to?: string} = {},
): CountedGuest {
  const plugin = compilePlugin();
  const file = newFigures();
  const from = marks.from === undefined ? '' : `,from=0x${marks.from}`;
  const to = marks.to === undefined ? '' : `,to=0x${marks.to}`;
  const child = spawn('sh', ['-c', `exec ${command} -plugin ${plugin},figures=${file}${from}${to}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return {process: child, exited, output: () => text, figures: () => readFigures(file)};
}

/** The instructions that a program of Linux executes for itself, from its first to its last. */
export function countProcess(program: string, args: readonly string[]): number {
  const file = newFigures();
  const words = ['-plugin', `${compilePlugin()},figures=${file}`, program, ...args];
  const {status, stderr, error} = spawnSync('qemu-x86_64', words, {stdio: ['ignore', 'ignore', 'pipe']});
  if (status !== 0) throw error ?? new Error(`${program} ended with ${status}: ${stderr.toString()}`);
  return readFigures(file).instructions;
}

function compilePlugin(): string {
  return compile('bench/plugin/count.c', 'count.so', ['-shared', '-fPIC', '-O2', '-fvisibility=hidden']);
}

function newFigures(): string {
  guests += 1;
  const file = path.join(workFolder, `figures-${process.pid}-${guests}`);
  closeSync(openSync(file, 'w'));
  return file;
}

function readFigures(file: string): Figures {
  const bytes = Buffer.alloc(40);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, bytes, 0, 40, 0);
  closeSync(descriptor);
  const at = (index: number) => Number(bytes.readBigUInt64LE(index * 8));
  return {
    instructions: at(0),
    from: {first: at(1), executions: at(2)},
    to: {first: at(3), executions: at(4)},
  };
}
