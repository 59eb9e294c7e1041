// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Host} from '../host/index.ts';

/** What was done to kept libs. Sizes in bytes. */
export interface Shrunk {
  readonly removed: number;
  readonly freed: number;
  readonly left: number;
}

/** A build may be about to copy what it has found this short a time ago, in milliseconds. */
const busy = 600_000;

/** Removes the kept libs that no build has used for the longest, until the others take at most `limit` bytes. */
export async function shrinkKept(
  host: Host,
  {store, limit}: {readonly store: string; readonly limit: number},
): Promise<Shrunk> {
  const home = join(store, 'objects');
  const names = ((await host.list(home)) ?? []).filter((name) => !name.startsWith('.'));
  const all = await Promise.all(names.map((name) => look(host, join(home, name))));
  all.sort((one, other) => one.used - other.used);
  let left = all.reduce((sum, {size}) => sum + size, 0);
  let [removed, freed] = [0, 0];
  for (const {folder, size, used} of all) {
    if (left <= limit || used > host.now() - busy) break;
    await host.remove(folder);
    removed += 1;
    freed += size;
    left -= size;
  }
  return {removed, freed, left};
}

async function look(host: Host, folder: string): Promise<{folder: string; size: number; used: number}> {
  const names = (await host.list(folder)) ?? [];
  const facts = (await Promise.all(names.map((name) => host.facts(join(folder, name))))).filter(
    (each) => each !== undefined,
  );
  return {
    folder,
    size: facts.reduce((sum, {size}) => sum + size, 0),
    used: Math.max(0, ...facts.map(({changed}) => changed)),
  };
}
