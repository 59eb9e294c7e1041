// SPDX-License-Identifier: BSD-3-Clause

import type {Machine} from './machine.ts';

/** The command that makes a machine, for a shell to take as it stands. */
export function commandLine({program, args}: Machine): string {
  return [program, ...args].map(quote).join(' ');
}

function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
