// SPDX-License-Identifier: BSD-3-Clause

import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {createServer} from 'node:net';
import path from 'node:path';
import type {Readable} from 'node:stream';
import {onTestFinished} from 'vitest';
import {command} from '../../cli/command.ts';
import {repository} from './repository.ts';

export interface ToolResult {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in this process: quick, and without the bundle. */
export async function runTool(words: readonly string[], cwd: string): Promise<ToolResult> {
  let out = '';
  let error = '';
  const status = await command([...words, ...(words.includes('-C') ? [] : ['-C', cwd])], {
    terminal: {
      out: (text) => void (out += asText(text)),
      error: (text) => void (error += asText(text)),
      drained: () => undefined,
      outIsTty: false,
      errorIsTty: false,
      columns: () => 80,
      env: {NO_COLOR: '1'},
    },
    kit: repository,
    version: '0.0.0',
    cwd,
    signal: new AbortController().signal,
  });
  return {status, out, error};
}

function asText(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : Buffer.from(text).toString();
}

/** The command as a process of its own, while it runs. */
export interface RunningTool {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<ToolResult>;
  output(): string;
  /** Resolves when the output or the error stream has the text; rejects when the command ends without it. */
  waitFor(text: string): Promise<void>;
}

export interface StartOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the bundled command; it is ended with the test. */
export function startTool(words: readonly string[], options: StartOptions): RunningTool {
  const tool = start(words, options);
  onTestFinished(async () => {
    tool.process.kill('SIGTERM');
    await tool.ended;
  });
  return tool;
}

function start(words: readonly string[], {cwd, env = {}}: StartOptions): RunningTool {
  const child = spawn(process.execPath, [path.join(repository, 'bin/kraft-ts.mjs'), ...words], {
    cwd,
    env: {...process.env, NO_COLOR: '1', ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (error += text));
  const ended = new Promise<ToolResult>((resolve) => child.on('close', (status) => resolve({status, out, error})));
  return {process: child, ended, output: () => out, waitFor};

  async function waitFor(text: string): Promise<void> {
    let over = false;
    void ended.then(() => (over = true));
    while (!(out + error).includes(text)) {
      if (over) throw new Error(`The command ended without saying ${JSON.stringify(text)}:\n${out}\n${error}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** Runs the bundled command to its end. */
export function spawnTool(words: readonly string[], options: StartOptions): Promise<ToolResult> {
  return start(words, options).ended;
}

/** A port of 127.0.0.1 that nobody has at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });
}
