// SPDX-License-Identifier: BSD-3-Clause

import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {Readable, Transform, type Writable} from 'node:stream';
import type {Encoding, ProcessResult, RunningProcess, RunOptions, SpawnOptions} from './host.ts';
import {hostError, systemCode} from './node-error.ts';
import {which} from './node-which.ts';

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
  const words = options.lifetime === 'tool' ? await tied(program, args) : [program, ...args];
  const child = spawn(words[0] ?? program, words.slice(1), {
    cwd: options.cwd,
    env: {...process.env, ...options.env},
    stdio: [
      stdin === 'inherit' || stdin === 'ignore' ? stdin : 'pipe',
      'pipe',
      'pipe',
      options.onStatus === undefined ? 'ignore' : 'pipe',
      options.onTrace === undefined ? 'ignore' : 'pipe',
    ],
  });
  // Listeners come before the first turn of the event loop, or a short-lived child's bytes and end are lost.
  const exited = ended(child, program, options.cwd);
  if (child.stdout !== null) deliver(child.stdout, options.onStdout, options);
  if (child.stderr !== null) deliver(child.stderr, options.onStderr, options);
  if (options.onStatus !== undefined) child.stdio[3]?.on('data', options.onStatus);
  const trace = child.stdio[4];
  if (options.onTrace !== undefined && trace instanceof Readable) deliver(trace, options.onTrace, options);
  if (child.stdin !== null) {
    if (stdin === 'forward') forward(child.stdin, {exited});
    else if (stdin instanceof Uint8Array) feed(child.stdin, stdin);
    else if (typeof stdin !== 'string') forward(child.stdin, {exited, encoding: stdin});
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

/** Set by the kernel when its parent dies; see prctl(2), PR_SET_PDEATHSIG. The program keeps its process id. */
const tie = ['setpriv', '--pdeathsig', 'KILL'] as const;

/** Whether this system's setpriv can do that: not every one is util-linux's. */
let canTie: Promise<boolean> | undefined;

/** The command that ends with this process, even if that is killed; the command itself where nothing can tie it. */
async function tied(program: string, args: readonly string[]): Promise<readonly string[]> {
  canTie ??= run(tie[0], [...tie.slice(1), 'true']).then((end) => end !== 'not-found' && end.exitCode === 0);
  const path = (await canTie) ? await which(program) : undefined;
  return path === undefined ? [program, ...args] : [...tie, path, ...args];
}

/** Hands chunks over as fast as they are taken; who writes them waits meanwhile, once the pipe is full. */
function deliver(stream: Readable, take: (chunk: Uint8Array) => void, {drained}: Pick<SpawnOptions, 'drained'>): void {
  stream.on('data', (chunk: Uint8Array) => {
    take(chunk);
    const wait = drained?.();
    if (wait === undefined) return;
    stream.pause();
    void wait.finally(() => stream.resume());
  });
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
      if (signal !== null) closeWhenQuiet(child);
    });
  });
}

/** Milliseconds without a word. */
const quiet = 100;

/**
 * Children of one that was killed may live on and hold its pipes. What it said itself before is read to the end; then
 * nobody listens. A busy process sees its timers late: it reads once more before it takes silence for the end.
 */
function closeWhenQuiet(child: ChildProcess): void {
  const pipes = child.stdio.filter((stream) => stream !== null && stream !== undefined);
  let heard = 0;
  for (const stream of pipes) stream.on('data', () => (heard += 1));
  const look = (): void => {
    const before = heard;
    setImmediate(() => {
      if (heard !== before || child.stdout?.isPaused() === true) return wait();
      for (const stream of pipes) stream.destroy();
    });
  };
  const wait = (): void => void setTimeout(look, quiet).unref();
  wait();
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
function forward(
  stdin: Writable,
  {exited, encoding}: {readonly exited: Promise<unknown>; readonly encoding?: Encoding},
): void {
  stdin.on('error', () => {});
  const source = process.stdin;
  if (source.isTTY && !inForeground()) {
    if (encoding === undefined) stdin.end();
    return;
  }
  const first = encoding === undefined ? stdin : encoder(encoding);
  source.pipe(first);
  if (first !== stdin) first.pipe(stdin, {end: false});
  const release = (): void => {
    source.unpipe(first);
    source.pause();
    if ('unref' in source) source.unref();
    stdin.destroy();
  };
  exited.then(release, release);
}

function encoder({start, chunk, end}: Encoding): Transform {
  const stream = new Transform({
    transform: (bytes: Uint8Array, _, done) => done(null, chunk(bytes)),
    flush: (done) => done(null, end),
  });
  stream.push(start);
  return stream;
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
