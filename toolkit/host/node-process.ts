// SPDX-License-Identifier: BSD-3-Clause

import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import type {Readable, Writable} from 'node:stream';
import type {ProcessResult, RunningProcess, RunOptions, SpawnOptions} from './host.ts';
import {hostError, systemCode} from './node-error.ts';

export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProcessResult | 'not-found'> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: {...process.env, ...options.env},
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.signal === undefined ? {} : {signal: options.signal}),
  });
  const stdout = collect(child.stdout, options.onStdout);
  const stderr = collect(child.stderr, options.onStderr);
  if (child.stdin !== null && options.input !== undefined) feed(child.stdin, options.input);
  const end = await ended(child, program, options.cwd);
  return end === 'not-found' ? end : {...end, stdout: stdout(), stderr: stderr()};
}

export async function spawnProcess(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<RunningProcess | 'not-found'> {
  const {stdin} = options;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: {...process.env, ...options.env},
    stdio: [
      stdin === 'inherit' || stdin === 'ignore' ? stdin : 'pipe',
      'pipe',
      'pipe',
      options.onStatus === undefined ? 'ignore' : 'pipe',
    ],
  });
  // Listeners come before the first turn of the event loop, or a short-lived child's bytes and end are lost.
  const exited = ended(child, program, options.cwd);
  child.stdout?.on('data', options.onStdout);
  child.stderr?.on('data', options.onStderr);
  if (options.onStatus !== undefined) child.stdio[3]?.on('data', options.onStatus);
  if (child.stdin !== null) {
    if (stdin === 'forward') forward(child.stdin, exited);
    else if (typeof stdin !== 'string') feed(child.stdin, stdin);
  }

  if (child.pid === undefined) {
    const end = await exited;
    if (end === 'not-found') return end;
    throw new Error(`Internal error: ${program} has no process id`);
  }
  return {
    pid: child.pid,
    exited: exited.then((end) => (end === 'not-found' ? {exitCode: null, signal: null} : end)),
    kill: (signal) => void child.kill(signal),
  };
}

/** Settles when the process has ended and all of its output has been read. */
function ended(
  child: ChildProcess,
  program: string,
  cwd: string | undefined,
): Promise<{exitCode: number | null; signal: string | null} | 'not-found'> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      if (error.name === 'AbortError') return; // its 'close' follows
      // A folder to run in that is not there reads ENOENT too, but is no missing program.
      if (systemCode(error) !== 'ENOENT') reject(hostError(error, program));
      else if (cwd !== undefined && !existsSync(cwd)) reject(hostError(error, cwd));
      else resolve('not-found');
    });
    child.on('close', (exitCode, signal) => resolve({exitCode, signal}));
    child.on('exit', (_, signal) => {
      // Children of one that was killed may live on and hold its pipes: what they still say is for nobody.
      if (signal !== null) setTimeout(() => closePipes(child), 100).unref();
    });
  });
}

function closePipes(child: ChildProcess): void {
  for (const stream of child.stdio) stream?.destroy();
}

function collect(stream: Readable | null, onText: ((text: string) => void) | undefined): () => string {
  const chunks: string[] = [];
  stream?.setEncoding('utf8').on('data', (text: string) => {
    chunks.push(text);
    onText?.(text);
  });
  return () => chunks.join('');
}

/** A child that ends before it has read everything breaks the pipe; its exit code tells more than EPIPE does. */
function feed(stdin: Writable, input: Uint8Array): void {
  stdin.on('error', () => {});
  stdin.end(input);
}

/** Copies the tool's own input, and lets go of it when the child has ended, so that the tool can end too. */
function forward(stdin: Writable, exited: Promise<unknown>): void {
  stdin.on('error', () => {});
  const source = process.stdin;
  if (source.isTTY && !inForeground()) return void stdin.end();
  source.pipe(stdin);
  const release = (): void => {
    source.unpipe(stdin);
    source.pause();
    if ('unref' in source) source.unref();
    stdin.destroy();
  };
  exited.then(release, release);
}

/**
 * Whether the terminal listens to this process. A job in the background (`kraft-ts run &`) that reads from its terminal
 * is stopped by the kernel. Fields 5 and 8 of proc_pid_stat(5): the process's group, and the terminal's.
 */
function inForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , , foreground] = stat
      .slice(stat.lastIndexOf(')') + 1)
      .trim()
      .split(' ');
    return group === foreground;
  } catch {
    return true; // no /proc, no way to know
  }
}
