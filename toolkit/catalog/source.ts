// SPDX-License-Identifier: BSD-3-Clause

import type {Digest, Location} from '../base/index.ts';

/** A header made of files of the archive: their texts one after another, each replacement applied to all of it. */
export interface SourceHeader {
  /** As `#include` names it. */
  readonly name: string;
  readonly from: readonly string[];
  /** Regular expressions, in which ^ and $ are a line's, and what stands there instead, with $1 for groups. */
  readonly replace: readonly {readonly pattern: string; readonly with: string}[];
}

/** Third-party code: one pinned archive, and which of its files the lib compiles. */
export interface Source {
  readonly name: string;
  readonly version: string;
  readonly sha256: Digest;
  /** Where from: a path in a Debian pool, an npm tarball (`name@version`), a URL, or a file beside the manifest, absolute. */
  readonly from:
    | {readonly kind: 'debian'; readonly path: string}
    | {readonly kind: 'npm'; readonly name: string; readonly version: string}
    | {readonly kind: 'url'; readonly url: string}
    | {readonly kind: 'local'; readonly path: string};
  /** The archive lies in the one that comes from there, at this path; the digest is its own. */
  readonly inner?: string;
  /** Globs within the unpacked archive, without its outermost folder. */
  readonly compile: readonly string[];
  readonly exclude: readonly string[];
  /** Only files that something in the image wants; absent: all. */
  readonly take?: 'reached';
  /** Folders of headers within the archive that this lib sees. */
  readonly include: readonly string[];
  /** Folders of headers within the archive that users of the lib's open interfaces see, and the lib too. */
  readonly offer: readonly string[];
  /** Headers that upstream's own build would make; seen by whoever sees what the source offers. */
  readonly headers: readonly SourceHeader[];
  /** Its licence, as SPDX writes it; absent: the lib's. */
  readonly license?: string;
  /** More compiler flags for these files only: warnings that upstream does not keep, and defines. */
  readonly flags: readonly string[];
  readonly at: Location;
}
