// SPDX-License-Identifier: BSD-3-Clause

import {isAbsolute, join} from 'node:path';
import {type Diagnostic, fail, type Located, ok, type Result} from '../../base/index.ts';
import type {Host} from '../../host/index.ts';
import {writeNewc} from './newc.ts';
import {readRoot, tidy} from './read-root.ts';
import {refuseEntry} from './refuse-entry.ts';
import {folderKind, kindOf, type RootEntry} from './root-entry.ts';

/** Folders that every root has, for others to be mounted upon: a root that is read in place cannot make them. */
const usualMountPoints: readonly RootEntry[] = [
  {path: 'dev', mode: folderKind | 0o755, content: new Uint8Array()},
  {path: 'proc', mode: folderKind | 0o555, content: new Uint8Array()},
  {path: 'tmp', mode: folderKind | 0o1777, content: new Uint8Array()},
];

/**
 * What a Kraftfile names as `rootfs`, a folder, a tar or a cpio archive, as one cpio archive. Owners are 0, times the
 * epoch, permission 755 or 644: equal contents make equal archives, whoever packs them where.
 */
export async function packRootfs(
  host: Host,
  {
    folder,
    rootfs,
    mountPoints,
    without,
  }: {
    readonly folder: string;
    readonly rootfs: Located<string>;
    /** A folder that is no part of the root, even where it lies in it: that of what is built. */
    readonly without: string;
    /** More folders, relative to the root, that it has where it does not have them already. */
    readonly mountPoints: readonly string[];
  },
): Promise<Result<Uint8Array>> {
  const path = isAbsolute(rootfs.value) ? rootfs.value : join(folder, rootfs.value);
  const read = await readRoot(host, {path, without: (await host.realPath(without)) ?? without});
  if (!read.ok) return fail([wrong(rootfs, read.error)]);
  const entries = withFolders(read.value, mountPoints);
  if (!entries.ok) return fail([wrong(rootfs, entries.error)]);
  return ok(writeNewc(entries.value));
}

function wrong({value, at}: Located<string>, message: string): Diagnostic {
  return {severity: 'error', message: `The root file system "${value}" cannot be packed: ${message}`, at};
}

/** Each path once, with the folders that it lies in. */
function withFolders(
  entries: readonly RootEntry[],
  mountPoints: readonly string[],
): Result<readonly RootEntry[], string> {
  const all = new Map<string, RootEntry>();
  const points = mountPoints.map((path): RootEntry => ({path, mode: folderKind | 0o755, content: new Uint8Array()}));
  for (const entry of [...points, ...entries]) {
    const path = tidy(entry.path);
    if (path === '') continue; // the root itself
    const tidied = {...entry, path};
    const refused = refuseEntry(tidied);
    if (refused !== undefined) return fail(refused);
    all.set(path, tidied);
  }
  for (const path of [...all.keys()]) {
    for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      const above = path.slice(0, end);
      const folder = all.get(above) ?? {path: above, mode: folderKind | 0o755, content: new Uint8Array()};
      if (kindOf(folder.mode) !== folderKind) return fail(`"${above}" in it is no folder, and "${path}" lies in it.`);
      all.set(above, folder);
    }
  }
  for (const point of usualMountPoints) if (!all.has(point.path)) all.set(point.path, point);
  return ok([...all.values()]);
}
