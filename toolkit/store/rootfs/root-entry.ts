// SPDX-License-Identifier: BSD-3-Clause

/** A file, folder or link of a root file system. */
export interface RootEntry {
  /** Without a slash at its beginning or end. */
  readonly path: string;
  /** As stat has it: the kind and the permission. */
  readonly mode: number;
  /** Bytes of a file, or a link's target. */
  readonly content: Uint8Array;
}

export const fileKind = 0o100000;
export const folderKind = 0o040000;
export const linkKind = 0o120000;
export const kindOf = (mode: number): number => mode & 0o170000;
