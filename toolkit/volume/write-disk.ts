// SPDX-License-Identifier: BSD-3-Clause

import type {OpenFile} from '../host/index.ts';
import {
  block,
  checksum,
  childSize,
  compareItems,
  type Item,
  itemSize,
  nodeHeader,
  type Superblock,
  viewOf,
  writeSuperblock,
} from './format.ts';

/** Where free blocks come from; undefined: there is none. */
export type Take = () => number | undefined;

/** What a commit writes. */
export interface Commit {
  readonly superblock: Superblock;
  readonly items: readonly Item[];
  /** Blocks of content that it refers to. */
  readonly content: number;
  readonly nextInode: bigint;
}

interface Node {
  readonly first: Item;
  readonly block: number;
}

/**
 * Writes the whole tree anew, to blocks that the last commit does not use, and then the superblock that makes it count:
 * whenever this ends, the image holds the one or the other. False, and nothing has changed: there is too little room.
 */
export async function writeDisk(file: OpenFile, commit: Commit, take: Take): Promise<boolean> {
  const generation = commit.superblock.generation + 1n;
  const written: [number, Uint8Array][] = [];
  const put = (bytes: Uint8Array, level: number, count: number, data: number): number | undefined => {
    const number = take();
    if (number === undefined) return undefined;
    const view = viewOf(bytes);
    view.setUint32(8, 0x65657274, true);
    view.setUint16(12, level, true);
    view.setUint16(14, count, true);
    view.setBigUint64(16, BigInt(number), true);
    view.setBigUint64(24, generation, true);
    view.setUint32(32, data, true);
    view.setBigUint64(0, checksum(bytes), true);
    written.push([number, bytes]);
    return number;
  };
  const items = [...commit.items].sort(compareItems);
  let row: Node[] = [];
  for (const part of leaves(items)) {
    const [bytes, data] = leafOf(part);
    const number = put(bytes, 0, part.length, data);
    if (number === undefined || part[0] === undefined) return false;
    row.push({first: part[0], block: number});
  }
  for (let level = 1; row.length > 1; level++) {
    const above: Node[] = [];
    const most = Math.floor((block - nodeHeader) / childSize);
    for (let at = 0; at < row.length; at += most) {
      const part = row.slice(at, at + most);
      const number = put(innerOf(part, generation), level, part.length, 0);
      if (number === undefined || part[0] === undefined) return false;
      above.push({first: part[0].first, block: number});
    }
    row = above;
  }
  for (const [number, bytes] of written) await file.write(number * block, bytes);
  await file.sync();
  const used = 2 + written.length + commit.content;
  const root = row[0]?.block ?? 0;
  const {superblock, nextInode} = commit;
  const head = writeSuperblock({...superblock, generation, root, rootGeneration: generation, nextInode, used});
  await file.write(Number(generation & 1n) * block, head);
  await file.sync();
  return true;
}

/** As many items to a block as fit. */
function* leaves(items: readonly Item[]): Generator<readonly Item[]> {
  let part: Item[] = [];
  let room = block - nodeHeader;
  for (const item of items) {
    const size = itemSize + padded(item.value.length);
    if (size > room) {
      yield part;
      part = [];
      room = block - nodeHeader;
    }
    part.push(item);
    room -= size;
  }
  yield part;
}

function leafOf(items: readonly Item[]): readonly [Uint8Array, number] {
  const bytes = new Uint8Array(block);
  const view = viewOf(bytes);
  let data = block;
  for (const [index, {value, ...key}] of items.entries()) {
    data -= padded(value.length);
    bytes.set(value, data);
    const at = nodeHeader + index * itemSize;
    putKey(view, at, key);
    view.setUint32(at + 16, data, true);
    view.setUint32(at + 20, value.length, true);
  }
  return [bytes, data];
}

function innerOf(nodes: readonly Node[], generation: bigint): Uint8Array {
  const bytes = new Uint8Array(block);
  const view = viewOf(bytes);
  for (const [index, node] of nodes.entries()) {
    const at = nodeHeader + index * childSize;
    putKey(view, at, node.first);
    view.setBigUint64(at + 16, BigInt(node.block), true);
    view.setBigUint64(at + 24, generation, true);
  }
  return bytes;
}

function putKey(view: DataView, at: number, {inode, kind, number}: Pick<Item, 'inode' | 'kind' | 'number'>): void {
  view.setBigUint64(at, inode, true);
  view.setBigUint64(at + 8, (kind << 56n) | number, true);
}

function padded(length: number): number {
  return (length + 7) & ~7;
}
