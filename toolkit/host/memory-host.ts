// SPDX-License-Identifier: BSD-3-Clause

import type {Host, ProcessResult, RunningProcess} from './host.ts';
import {HostError} from './host-error.ts';
import {memoryFiles} from './memory-files.ts';

/** How a program of a memory host is called, and what it can say while it runs. */
export interface MemoryCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: Uint8Array;
  readonly host: MemoryHost;
  stdout(text: string | Uint8Array): void;
  stderr(text: string | Uint8Array): void;
  /** Writes to file descriptor 3. */
  status(bytes: Uint8Array): void;
  /** Settles with the signal that the program got. */
  readonly killed: Promise<string>;
}

/** A program as a function. It returns its exit code, or whatever of the result differs from a quiet success. */
export type MemoryProgram = (
  call: MemoryCall,
) => Promise<number | Partial<ProcessResult>> | number | Partial<ProcessResult>;

/** What a memory host is made of. */
export interface MemoryHostOptions {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** By name; each is also a file in /usr/bin. */
  readonly programs?: Readonly<Record<string, MemoryProgram>>;
  /** By URL: the body, or an HTTP status. */
  readonly downloads?: Readonly<Record<string, string | Uint8Array | number>>;
  readonly busyPorts?: readonly number[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly home?: string;
  /** Milliseconds since 1970 when it begins. The clock moves with `sleep` only. */
  readonly now?: number;
  readonly cores?: number;
  readonly arch?: string;
}

/** A host that lives in memory, and tells what was done to it. */
export interface MemoryHost extends Host {
  /** Every program that was started: its name, then its arguments. */
  readonly calls: readonly (readonly string[])[];
  /** Every URL that was asked for. */
  readonly requests: readonly string[];
  /** Every file by its path, as text, sorted. */
  files(): Readonly<Record<string, string>>;
}

/**
 * A whole host in memory: files, folders, links, programs, ports, downloads and a clock. For tests, and for whoever
 * wants to know what the tool would do.
 */
export function memoryHost(options: MemoryHostOptions = {}): MemoryHost {
  let clock = options.now ?? Date.UTC(2020, 0, 1);
  let lastProcess = 1000;
  const calls: (readonly string[])[] = [];
  const requests: string[] = [];
  const env = {PATH: '/usr/bin', ...options.env};
  const cwd = options.cwd ?? '/work';
  const home = options.home ?? '/home/user';
  const busyPorts = new Set(options.busyPorts);
  const programs = new Map(Object.entries(options.programs ?? {}));
  const {files, ...fileSystem} = memoryFiles({
    files: options.files ?? {},
    folders: [cwd, home, '/tmp', '/usr/bin'],
    now: () => clock,
  });

  const start = (
    name: string,
    args: readonly string[],
    more: Partial<MemoryCall>,
  ): Promise<ProcessResult> | undefined => {
    const program = programs.get(name) ?? (name.startsWith('/usr/bin/') ? programs.get(name.slice(9)) : undefined);
    if (program === undefined) return undefined;
    calls.push([name, ...args]);
    const call: MemoryCall = {
      args,
      cwd,
      input: new Uint8Array(),
      host,
      env,
      stdout: () => {},
      stderr: () => {},
      status: () => {},
      killed: new Promise(() => {}),
      ...more,
    };
    return Promise.resolve()
      .then(() => program(call))
      .then(finished);
  };

  const host: MemoryHost = {
    ...fileSystem,
    which: async (name) => {
      if (name.includes('/')) return (await fileSystem.facts(name))?.executable ? name : undefined;
      return programs.has(name) ? `/usr/bin/${name}` : undefined;
    },
    keepsAttributes: async () => true,
    canOpen: async (path) => (await fileSystem.readBytes(path)) !== undefined,
    run: async (name, args, run = {}) => {
      const [stdout, stderr] = [collector(run.onStdout), collector(run.onStderr)];
      const killed = new Promise<string>((resolve) => run.signal?.addEventListener('abort', () => resolve('SIGTERM')));
      const end = start(name, args, {
        cwd: run.cwd ?? cwd,
        env: {...env, ...run.env},
        input: run.input ?? new Uint8Array(),
        stdout: stdout.add,
        stderr: stderr.add,
        killed,
      });
      if (end === undefined) return 'not-found';
      const result = await Promise.race([end, killed.then((signal) => ({...finished(0), exitCode: null, signal}))]);
      stdout.add(result.stdout);
      stderr.add(result.stderr);
      return {...result, stdout: stdout.text(), stderr: stderr.text()};
    },
    spawn: async (name, args, spawn) => {
      let kill: RunningProcess['kill'] = () => {};
      const killed = new Promise<string>((resolve) => {
        kill = resolve;
      });
      const [stdout, stderr] = [bytesTo(spawn.onStdout), bytesTo(spawn.onStderr)];
      const end = start(name, args, {
        cwd: spawn.cwd ?? cwd,
        env: {...env, ...spawn.env},
        stdout,
        stderr,
        status: spawn.onStatus ?? (() => {}),
        killed,
        input: spawn.stdin instanceof Uint8Array ? spawn.stdin : new Uint8Array(),
      });
      if (end === undefined) return 'not-found';
      lastProcess += 1;
      const exited = Promise.race([end, killed.then((signal) => ({...finished(0), exitCode: null, signal}))]).then(
        (result) => {
          stdout(result.stdout);
          stderr(result.stderr);
          return {exitCode: result.exitCode, signal: result.signal};
        },
      );
      return {pid: lastProcess, exited, kill};
    },
    portIsFree: async (port) => !busyPorts.has(port),
    download: async (url, onProgress) => {
      requests.push(url);
      const answer = options.downloads?.[url] ?? 404;
      if (typeof answer === 'number')
        throw new HostError(`The server answered ${answer}: ${url}.`, String(answer), url);
      const body = bytes(answer);
      onProgress?.(body.length, body.length);
      return body;
    },
    sleep: async (milliseconds) => {
      clock += milliseconds;
    },
    env,
    inputIsTerminal: false,
    cwd,
    home,
    now: () => clock,
    cores: options.cores ?? 2,
    arch: options.arch ?? 'x86_64',
    calls,
    requests,
    files,
  };
  for (const name of programs.keys()) fileSystem.addProgram(`/usr/bin/${name}`);
  return host;
}

function finished(result: number | Partial<ProcessResult>): ProcessResult {
  const success = {exitCode: 0, signal: null, stdout: '', stderr: ''};
  return typeof result === 'number' ? {...success, exitCode: result} : {...success, ...result};
}

function bytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function bytesTo(take: (chunk: Uint8Array) => void): (content: string | Uint8Array) => void {
  return (content) => {
    if (content.length > 0) take(bytes(content));
  };
}

function collector(onText: ((text: string) => void) | undefined): {
  add(content: string | Uint8Array): void;
  text(): string;
} {
  let all = '';
  return {
    add: (content) => {
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
      if (text === '') return;
      all += text;
      onText?.(text);
    },
    text: () => all,
  };
}
