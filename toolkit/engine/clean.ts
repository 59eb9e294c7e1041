// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {ok, type Result} from '../base/index.ts';
import type {Shrunk} from '../build/index.ts';
import type {Engine} from './engine.ts';
import {projectFolder} from './project.ts';

export interface Cleaned {
  /** What was removed, absolute. */
  readonly removed: readonly string[];
}

/** Removes what builds left in the project; with `store`, also every fetched source, for all projects. */
export async function cleanProject(engine: Engine, what: 'builds' | 'builds-and-store'): Promise<Result<Cleaned>> {
  const {host} = engine;
  const folders = [join(await projectFolder(engine), '.kraft')];
  if (what === 'builds-and-store') {
    const {storeFolder} = await import('../store/index.ts');
    folders.push(storeFolder(host));
  }
  const removed: string[] = [];
  for (const folder of folders) {
    if ((await host.facts(folder)) === undefined) continue;
    await host.remove(folder);
    removed.push(folder);
  }
  return ok({removed});
}

/** Removes compiled libs of the store, those that no build has used for the longest, until `limit` bytes are left. */
export async function shrinkStore({host}: Engine, limit: number): Promise<Shrunk> {
  const [{shrinkKept}, {storeFolder}] = await Promise.all([import('../build/index.ts'), import('../store/index.ts')]);
  return shrinkKept(host, {store: storeFolder(host), limit});
}
