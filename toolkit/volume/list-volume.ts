// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {contentOf, contentsOf, find, type Inode, kindOf} from './contents.ts';
import {withSoundDisk, wrong} from './open-disk.ts';

/** One file of a disk. */
export interface Listed extends Omit<Inode, 'special' | 'times'> {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Of a link. */
  readonly target?: string;
}

/** What lies in a folder of a disk, or the file alone. */
export function listVolume(
  host: Host,
  {path, inside}: {readonly path: string; readonly inside: string},
): Promise<Result<readonly Listed[]>> {
  return withSoundDisk(host, {path, access: 'read'}, async (disk) => {
    const contents = contentsOf(disk.items);
    const at = find(contents, inside);
    if (at === undefined) return fail([wrong(`The disk ${path} has no ${inside}.`)]);
    const isFolder = (contents.inodes.get(at)?.mode ?? 0) >> 12 === kindOf.folder;
    const entries = isFolder
      ? (contents.entries.get(at) ?? [])
      : [{name: inside.split('/').at(-1) ?? inside, inode: at}];
    const rows: Listed[] = [];
    for (const {name, inode} of entries) {
      const facts = contents.inodes.get(inode);
      if (facts === undefined) continue;
      const {special: _, times, ...rest} = facts;
      const target =
        facts.mode >> 12 === kindOf.link
          ? {target: new TextDecoder().decode(await contentOf(disk, contents, inode))}
          : {};
      rows.push({name, ...rest, modified: times[1], ...target});
    }
    return ok(rows.sort((one, other) => (one.name < other.name ? -1 : 1)));
  });
}
