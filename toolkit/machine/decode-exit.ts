// SPDX-License-Identifier: BSD-3-Clause

import type {Outcome} from './outcome.ts';

/** How a process ended, and what the guest wrote to file descriptor 3. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly status: number | undefined;
  /** What QEMU itself said. */
  readonly stderr: string;
}

/** Values that a guest writes to port 0xf4; smaller ones are the app's own status. */
const viaStatusPort = 125;
const panicked = 126;

/**
 * What QEMU's exit says of the guest. isa-debug-exit makes (value << 1) | 1 of what the guest wrote; 1 is also how QEMU
 * ends when it fails itself, but then it says why.
 */
export function decodeQemuExit(end: ProcessEnd): Outcome | {readonly kind: 'failed'; readonly message: string} {
  const {exitCode, signal} = end;
  const complaint = complaints(end.stderr);
  if (exitCode === null)
    return {kind: 'failed', message: `ended by ${signal ?? 'a signal'}${complaint === '' ? '' : `: ${complaint}`}`};
  if (/terminating on signal (2|15)\b/.test(end.stderr)) return {kind: 'interrupted'};
  if (exitCode === 0) return {kind: 'reset'};
  if (exitCode === 1 && complaint !== '') return {kind: 'failed', message: complaint};
  const value = exitCode >> 1;
  if (exitCode % 2 === 0 || value > panicked)
    return {kind: 'failed', message: complaint === '' ? `ended with status ${exitCode}` : complaint};
  if (value === panicked) return {kind: 'panicked'};
  return {kind: 'exited', status: value === viaStatusPort ? (end.status ?? value) : value};
}

/** QEMU's errors without its warnings, its program's name and the hints that follow. */
function complaints(stderr: string): string {
  return stderr
    .replace(/^(qemu[\w-]*):\s+/gm, '$1: ') // some messages break the line after the name
    .split('\n')
    .filter((line) => /^qemu[\w-]*: /.test(line) && !/^qemu[\w-]*: (warning|info|terminating)\b/.test(line))
    .map((line) => line.replace(/^qemu[\w-]*: /, '').trim())
    .join('; ');
}
