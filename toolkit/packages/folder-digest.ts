// SPDX-License-Identifier: BSD-3-Clause

import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {type Digest, digest} from '../base/index.ts';
import type {Host} from '../host/index.ts';

/** What npm or the toolkit put into a package's folder, and its author did not. */
const added = new Set(['node_modules', '.kraft']);

/** SHA-256 over the paths and contents of all files of a folder, and the targets of its links, in order of the paths. */
export async function folderDigest(host: Host, folder: string): Promise<Digest> {
  const lines = await linesOf(host, folder, '');
  return digest(
    createHash('sha256')
      .update([...lines].sort().join(''))
      .digest('hex'),
  );
}

async function linesOf(host: Host, root: string, under: string): Promise<readonly string[]> {
  const names = ((await host.list(join(root, under))) ?? []).filter((name) => under !== '' || !added.has(name));
  const lines = await Promise.all(
    names.map(async (name) => {
      const path = under === '' ? name : `${under}/${name}`;
      const facts = await host.facts(join(root, path));
      if (facts?.kind === 'folder') return linesOf(host, root, path);
      if (facts?.kind === 'link') return [`${path}\0-> ${(await host.readLink(join(root, path))) ?? ''}\n`];
      const bytes = (await host.readBytes(join(root, path))) ?? new Uint8Array();
      return [`${path}\0${createHash('sha256').update(bytes).digest('hex')}\n`];
    }),
  );
  return lines.flat();
}
