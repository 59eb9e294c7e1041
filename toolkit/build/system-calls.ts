// SPDX-License-Identifier: BSD-3-Clause

import type {SystemCalls} from '../plan/index.ts';
import {sectionsOf} from './link-map.ts';

/** How a provider of an interface of system calls names the function that does one. */
const prefix = '.text.kr_syscall_';

/** The system calls that the program can reach, since the linker keeps no others, by who does them. */
export function systemCalls(map: string): readonly SystemCalls[] {
  const found = new Map<SystemCalls['owner'], Set<string>>();
  for (const {name, owner} of sectionsOf(map)) {
    const call = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    if (!/^\w+$/.test(call)) continue;
    found.set(owner, (found.get(owner) ?? new Set()).add(call));
  }
  return [...found]
    .map(([owner, names]) => ({owner, names: [...names].sort()}))
    .sort((one, other) => (one.owner < other.owner ? -1 : 1));
}
