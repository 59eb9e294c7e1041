// SPDX-License-Identifier: BSD-3-Clause

import {readRepositoryFile, repositoryFiles} from '../rig/repository.ts';

/** The rows of docs/posix.md: every call that libc-musl hands to a function, which, and whose that is. */
export function callRows(): readonly string[] {
  const files = ['by-path.h', 'calls.h'].map((name) => readRepositoryFile(`libs/libc-musl/src/${name}`));
  const interfaces = interfacesBySymbol();
  const rows: string[] = [];
  let waiting: string[] = [];
  for (const line of files.join('').split('\n')) {
    const call = /^ {4}case SYS_(\w+):$/.exec(line)?.[1];
    if (call !== undefined) waiting.push(call);
    const done = /^ {8}(?:return )?(?:WAITS\([^,]+, |ELSE_STACKS\(|libc_musl_limited\(.*, )?(kr_syscall_\w+)\(/.exec(
      line,
    )?.[1];
    if (done === undefined) continue;
    rows.push(...waiting.map((name) => `| ${name} | \`${done}\` | ${interfaces.get(done) ?? 'none'} |`));
    waiting = [];
  }
  return rows.sort();
}

function interfacesBySymbol(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of repositoryFiles()) {
    const name = /^libs\/interfaces\/(syscall-[^/]+)\/interface\.yaml$/.exec(file)?.[1];
    if (name === undefined) continue;
    for (const [, symbol = ''] of readRepositoryFile(file).matchAll(/^ {2}- (kr_syscall_\w+)$/gm))
      found.set(symbol, name);
  }
  return found;
}
