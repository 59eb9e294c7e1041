// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Host} from '../host/index.ts';

/** Every file in a folder, relative to it, sorted; not what is hidden, nor installed packages. */
export async function listFiles(host: Host, folder: string): Promise<readonly string[]> {
  const files = await Promise.all(((await host.list(folder)) ?? []).map((name) => listEntry(host, {folder, name})));
  return files.flat().sort();
}

async function listEntry(host: Host, {folder, name}: {folder: string; name: string}): Promise<readonly string[]> {
  if (name.startsWith('.') || name === 'node_modules') return [];
  if (/\.(?:[chS]|cc|cpp|hpp|rs)$/.test(name)) return [name]; // no need to ask what it is
  const facts = await host.facts(join(folder, name));
  if (facts?.kind === 'file') return [name];
  if (facts?.kind !== 'folder') return [];
  return (await listFiles(host, join(folder, name))).map((inner) => `${name}/${inner}`);
}
