// SPDX-License-Identifier: BSD-3-Clause

import {readRepositoryFile, repositoryFiles} from '../rig/repository.ts';

/** The rows of docs/posix.md: every call that libc-musl hands to a function, which, and whose that is. */
export function callRows(): readonly string[] {
  const code = readRepositoryFile('libs/libc-musl/src/calls.h');
  const rows: string[] = [];
  let waiting: string[] = [];
  for (const line of code.split('\n')) {
    const call = /^ {4}case SYS_(\w+):$/.exec(line)?.[1];
    if (call !== undefined) waiting.push(call);
    const done = /^ {8}(?:return )?(kr_syscall_\w+)\(/.exec(line)?.[1];
    if (done === undefined) continue;
    rows.push(...waiting.map((name) => `| ${name} | \`${done}\` | ${interfaceOf(done)} |`));
    waiting = [];
  }
  return rows.sort();
}

function interfaceOf(symbol: string): string {
  const manifests = repositoryFiles().filter((file) => /^libs\/interfaces\/syscall-[^/]+\/interface\.yaml$/.test(file));
  const found = manifests.find((file) => readRepositoryFile(file).includes(`  - ${symbol}\n`));
  return /interfaces\/([^/]+)\//.exec(found ?? '')?.[1] ?? 'none';
}
