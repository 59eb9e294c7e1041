// SPDX-License-Identifier: BSD-3-Clause

import {block, groupSize, hashOfName, type Item, kinds, rootInode, viewOf} from './format.ts';
import type {Disk} from './read-disk.ts';

export interface Inode {
  /** Kind and permission, as in struct stat. */
  readonly mode: number;
  readonly user: number;
  readonly group: number;
  readonly links: number;
  readonly size: number;
  readonly special: bigint;
  /** Of access, content and state, milliseconds since 1970. */
  readonly times: readonly [number, number, number];
}

export interface Entry {
  readonly name: string;
  readonly inode: bigint;
  /** mode >> 12. */
  readonly kind: number;
}

export const kindOf = {folder: 4, file: 8, link: 10} as const;

/** The items of a disk, by what they tell of. */
export interface Contents {
  readonly inodes: ReadonlyMap<bigint, Inode>;
  readonly entries: ReadonlyMap<bigint, readonly Entry[]>;
  /** The blocks of a file, 0 for a hole. */
  readonly blocks: ReadonlyMap<bigint, ReadonlyMap<number, number>>;
}

export function contentsOf(items: readonly Item[]): Contents {
  const inodes = new Map<bigint, Inode>();
  const entries = new Map<bigint, Entry[]>();
  const blocks = new Map<bigint, Map<number, number>>();
  for (const item of items) {
    if (item.kind === kinds.inode && item.value.length === 80) inodes.set(item.inode, inodeOf(item.value));
    if (item.kind === kinds.entry) {
      const own = entries.get(item.inode) ?? [];
      entries.set(item.inode, own);
      // A name lies where its hash says, and so is there once.
      own.push(...(entriesOf(item.value) ?? []).filter(({name}) => hashOfText(name) === item.number));
    }
    if (item.kind !== kinds.blocks || item.value.length !== groupSize * 8) continue;
    const own = blocks.get(item.inode) ?? new Map<number, number>();
    blocks.set(item.inode, own);
    for (let index = 0; index < groupSize; index++) {
      const number = Number(viewOf(item.value).getBigUint64(index * 8, true));
      if (number !== 0) own.set(Number(item.number) * groupSize + index, number);
    }
  }
  return {inodes, entries, blocks};
}

/** The number of a folder's item in which the name is. */
export function hashOfText(name: string): bigint {
  return hashOfName(new TextEncoder().encode(name));
}

/** The names of one item; undefined where it is damaged. */
export function entriesOf(value: Uint8Array): readonly Entry[] | undefined {
  const view = viewOf(value);
  const found: Entry[] = [];
  for (let at = 0; at < value.length; ) {
    if (at + 12 > value.length) return undefined;
    const length = view.getUint16(at + 10, true);
    if (length === 0 || length > 255 || at + 12 + length > value.length) return undefined;
    const name = new TextDecoder().decode(value.subarray(at + 12, at + 12 + length));
    if (/[/\0]/.test(name) || name === '.' || name === '..' || found.some((other) => other.name === name))
      return undefined;
    found.push({name, inode: view.getBigUint64(at, true), kind: view.getUint16(at + 8, true)});
    at += (12 + length + 3) & ~3;
  }
  return found;
}

export function valueOfEntries(entries: readonly Entry[]): Uint8Array {
  const parts = entries.map(({name, inode, kind}) => {
    const bytes = new TextEncoder().encode(name);
    const part = new Uint8Array((12 + bytes.length + 3) & ~3);
    const view = viewOf(part);
    view.setBigUint64(0, inode, true);
    view.setUint16(8, kind, true);
    view.setUint16(10, bytes.length, true);
    part.set(bytes, 12);
    return part;
  });
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function inodeOf(value: Uint8Array): Inode {
  const view = viewOf(value);
  const time = (at: number): number =>
    Number(view.getBigInt64(at, true)) * 1000 + Number(view.getBigInt64(at + 8, true)) / 1e6;
  return {
    mode: view.getUint32(0, true),
    user: view.getUint32(4, true),
    group: view.getUint32(8, true),
    links: view.getUint32(12, true),
    size: Number(view.getBigInt64(16, true)),
    special: view.getBigUint64(24, true),
    times: [time(32), time(48), time(64)],
  };
}

export function valueOfInode({mode, user, group, links, size, special, times}: Inode): Uint8Array {
  const value = new Uint8Array(80);
  const view = viewOf(value);
  for (const [index, number] of [mode, user, group, links].entries()) view.setUint32(index * 4, number, true);
  view.setBigInt64(16, BigInt(size), true);
  view.setBigUint64(24, special, true);
  for (const [index, time] of times.entries()) {
    const seconds = Math.floor(time / 1000);
    view.setBigInt64(32 + index * 16, BigInt(seconds), true);
    view.setBigInt64(40 + index * 16, BigInt(Math.floor((time - seconds * 1000) * 1e6)), true);
  }
  return value;
}

/** What a path leads to: no links on the way are followed. */
export function find(contents: Contents, path: string): bigint | undefined {
  let inode = rootInode;
  for (const name of namesOf(path)) {
    const next = contents.entries.get(inode)?.find((entry) => entry.name === name);
    if (next === undefined) return undefined;
    inode = next.inode;
  }
  return inode;
}

/** The names of a path, `..` taken away. */
export function namesOf(path: string): readonly string[] {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}

/** The whole content of a file, or the target of a link. */
export async function contentOf({file}: Disk, {inodes, blocks}: Contents, inode: bigint): Promise<Uint8Array> {
  const bytes = new Uint8Array(inodes.get(inode)?.size ?? 0);
  for (const [index, number] of blocks.get(inode) ?? []) {
    const at = index * block;
    if (at < bytes.length) bytes.set(await file.read(number * block, Math.min(block, bytes.length - at)), at);
  }
  return bytes;
}
