// SPDX-License-Identifier: BSD-3-Clause

import type {Digest, Location} from '../base/index.ts';

/** Third-party code: one pinned archive, and which of its files the lib compiles. */
export interface Source {
  readonly name: string;
  readonly version: string;
  readonly sha256: Digest;
  /** Where from: a path in a Debian pool, an npm tarball (`name@version`), or a URL. */
  readonly from:
    | {readonly kind: 'debian'; readonly path: string}
    | {readonly kind: 'npm'; readonly name: string; readonly version: string}
    | {readonly kind: 'url'; readonly url: string};
  /** Globs within the unpacked archive, without its outermost folder. */
  readonly compile: readonly string[];
  readonly exclude: readonly string[];
  /** Folders of headers within the archive that this lib sees. */
  readonly include: readonly string[];
  /** More compiler flags for these files only: warnings that upstream does not keep, and defines. */
  readonly flags: readonly string[];
  readonly at: Location;
}
