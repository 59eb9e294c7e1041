// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import type {Digest, Location} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {storeFolder} from './store-folder.ts';

/** Third-party code as a manifest pins it: what the store needs to know of a lib's source. */
export interface PinnedSource {
  readonly name: string;
  readonly version: string;
  readonly sha256: Digest;
  /** Where from: a path in a Debian pool, an npm tarball, a URL, or a file of this machine, absolute. */
  readonly from:
    | {readonly kind: 'debian'; readonly path: string}
    | {readonly kind: 'npm'; readonly name: string; readonly version: string}
    | {readonly kind: 'url'; readonly url: string}
    | {readonly kind: 'local'; readonly path: string};
  /** The archive lies in the one that comes from there, at this path; the digest is its own. */
  readonly inner?: string;
  readonly at: Location;
}

/** Where the unpacked source lies, or will: a folder named for its digest, as a plan's paths say. */
export function sourceFolder(host: Host, source: Pick<PinnedSource, 'sha256'>): string {
  return join(storeFolder(host), 'sources', source.sha256);
}

/** The archive's file name; of one within another, the outer one's. */
export function archiveName(source: PinnedSource): string {
  switch (source.from.kind) {
    case 'debian':
      return basename(source.from.path);
    case 'npm':
      return `${basename(source.from.name)}-${source.from.version}.tgz`;
    case 'local':
      return basename(source.from.path);
    case 'url':
      return basename(new URL(source.from.url).pathname);
  }
}
