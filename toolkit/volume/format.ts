// SPDX-License-Identifier: BSD-3-Clause
// docs/disk-format.md, as bytes.

export const block = 4096;
export const firstBlock = 2;
export const leastBlocks = 64;
export const groupSize = 32;
export const levels = 8;
export const mostValue = 1024;
export const nodeHeader = 40;
export const itemSize = 24;
export const childSize = 32;
export const rootInode = 1n;

export const kinds = {inode: 1n, entry: 2n, blocks: 3n, orphan: 4n} as const;

/** One item of the tree; its key is (inode, kind, number). */
export interface Item {
  readonly inode: bigint;
  readonly kind: bigint;
  readonly number: bigint;
  readonly value: Uint8Array;
  /** Where the value was read, bytes from the image's beginning. */
  readonly from?: number;
}

export interface Superblock {
  readonly generation: bigint;
  /** Of the file system, the two superblocks included. */
  readonly blocks: number;
  /** 0: an empty file system that nobody has written to. */
  readonly root: number;
  readonly rootGeneration: bigint;
  readonly nextInode: bigint;
  readonly used: number;
}

const wordMask = (1n << 64n) - 1n;

/** Of whole words, in which the checksum's own field is 0. */
export function checksum(bytes: Uint8Array): bigint {
  const view = viewOf(bytes);
  let sum = 0x6b72616674667331n;
  for (let at = 0; at < bytes.length; at += 8) {
    sum ^= view.getBigUint64(at, true);
    sum = ((((sum << 27n) | (sum >> 37n)) & wordMask) * 0x9e3779b97f4a7c15n + BigInt(at / 8)) & wordMask;
  }
  return sum ^ (sum >> 32n);
}

/** Whether the bytes have the checksum that stands at the place. */
export function hasItsChecksum(bytes: Uint8Array, at: number): boolean {
  const copy = Uint8Array.from(bytes);
  const view = viewOf(copy);
  const wanted = view.getBigUint64(at, true);
  view.setBigUint64(at, 0n, true);
  return checksum(copy) === wanted;
}

const hashBits = 48n;

/** The number of a folder's item in which the name is. */
export function hashOfName(name: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of name) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & wordMask;
  return (hash ^ (hash >> hashBits)) & ((1n << hashBits) - 1n);
}

export function compareItems(
  one: Pick<Item, 'inode' | 'kind' | 'number'>,
  other: Pick<Item, 'inode' | 'kind' | 'number'>,
): number {
  for (const part of ['inode', 'kind', 'number'] as const)
    if (one[part] !== other[part]) return one[part] < other[part] ? -1 : 1;
  return 0;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const magic = new TextEncoder().encode('kraftfs1');

/** What the first 512 bytes of a block are, if they are a superblock. */
export function readSuperblock(bytes: Uint8Array): Superblock | undefined {
  const view = viewOf(bytes);
  if (!magic.every((byte, at) => bytes[at] === byte) || !hasItsChecksum(bytes.subarray(0, 512), 8)) return undefined;
  const at = (place: number): bigint => view.getBigUint64(place, true);
  return {
    generation: at(16),
    blocks: Number(at(24)),
    root: Number(at(32)),
    rootGeneration: at(40),
    nextInode: at(48),
    used: Number(at(56)),
  };
}

/** A block that begins with the superblock. */
export function writeSuperblock(superblock: Superblock): Uint8Array {
  const bytes = new Uint8Array(block);
  const view = viewOf(bytes);
  const {generation, blocks, root, rootGeneration, nextInode, used} = superblock;
  bytes.set(magic);
  const fields = [generation, BigInt(blocks), BigInt(root), rootGeneration, nextInode, BigInt(used)];
  for (const [index, field] of fields.entries()) view.setBigUint64(16 + index * 8, field, true);
  view.setBigUint64(8, checksum(bytes.subarray(0, 512)), true);
  return bytes;
}
