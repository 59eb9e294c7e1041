// SPDX-License-Identifier: BSD-3-Clause
// The process: its arguments, streams and signals. The only file that sets an exit status.

import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {command} from './command.ts';
import {exitStatus} from './exit-status.ts';
import type {Terminal} from './terminal.ts';
import {openTty} from './tty.ts';

// This file and the bundle made from it both lie one folder below the toolkit's own.
const kit = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  drained: () => drained(process.stdout) ?? drained(process.stderr),
  outIsTty: process.stdout.isTTY,
  errorIsTty: process.stderr.isTTY,
  tty: openTty,
  columns: () => process.stderr.columns ?? 80,
  env: process.env,
};

// The first Ctrl-C asks; the second no longer does.
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (interrupt.signal.aborted) process.exit(exitStatus.interrupted);
    interrupt.abort();
  });
}

// Nobody hears what comes now, so it ends, and a guest with it. Whoever reads may stop reading: that is no error of ours.
let unheard: number | undefined;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (unheard !== undefined) return;
    unheard = error.code === 'EPIPE' ? exitStatus.ok : exitStatus.diagnostics;
    process.exitCode = unheard;
    if (error.code !== 'EPIPE' && stream === process.stdout) {
      terminal.error(`error: The output cannot be written: ${error.message}.\n`);
    }
    interrupt.abort();
  });
}

try {
  const status = await command(process.argv.slice(2), {
    terminal,
    kit,
    version: versionOf(kit),
    cwd: process.cwd(),
    signal: interrupt.signal,
  });
  process.exitCode = unheard ?? status;
} catch (error) {
  process.exitCode = unheard ?? (interrupt.signal.aborted ? exitStatus.interrupted : tellOfBug(error));
}

/** Pipes take what they have room for; Node keeps the rest in memory, without a limit. */
function drained(stream: NodeJS.WriteStream): Promise<void> | undefined {
  if (!stream.writableNeedDrain || stream.destroyed) return undefined;
  const events = ['drain', 'error', 'close'];
  return new Promise((resolve) => {
    const settle = (): void => {
      for (const event of events) stream.off(event, settle);
      resolve();
    };
    for (const event of events) stream.on(event, settle);
  });
}

function versionOf(kit: string): string {
  const manifest: unknown = JSON.parse(readFileSync(`${kit}/package.json`, 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

function tellOfBug(error: unknown): number {
  const {message, stack} = error instanceof Error ? error : {message: String(error), stack: undefined};
  if (process.env.KRAFT_TS_DEBUG === '1') terminal.error(`${stack ?? message}\n`);
  else if (error instanceof Error && error.name === 'HostError') terminal.error(`error: ${message}\n`);
  else {
    terminal.error(
      `error: Something went wrong in kraft-ts itself: ${message}\n  help: Please report it with the output of KRAFT_TS_DEBUG=1 ${['kraft-ts', ...process.argv.slice(2)].join(' ')}\n`,
    );
  }
  return exitStatus.diagnostics;
}
