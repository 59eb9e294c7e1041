// SPDX-License-Identifier: BSD-3-Clause

import {
  contentsOf,
  type Entry,
  find,
  hashOfText,
  type Inode,
  kindOf,
  valueOfEntries,
  valueOfInode,
} from './contents.ts';
import {block, firstBlock, groupSize, type Item, kinds, rootInode, viewOf} from './format.ts';
import type {Disk} from './read-disk.ts';
import {writeDisk} from './write-disk.ts';

/** What of a file is not its content. */
export interface Attributes {
  readonly permission: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** A disk while it is changed: contents go to free blocks at once, and count when `commit` has written the tree. */
export interface EditedDisk {
  /** What a path leads to, and of which kind it is. */
  look(path: string): {readonly inode: bigint; readonly kind: number} | undefined;
  /** Each is that of the name in the folder, made where there is none; undefined where there is something else, or no room. */
  folder(parent: bigint, name: string, attributes: Attributes): bigint | undefined;
  put(
    parent: bigint,
    name: string,
    file: Attributes & {readonly kind: 'file' | 'link'; readonly content: Uint8Array},
  ): Promise<bigint | undefined>;
  commit(): Promise<boolean>;
}

export function editDisk(disk: Disk, now: number): EditedDisk {
  const items = new Map(disk.items.map((item) => [keyOf(item), item]));
  const {inodes, entries} = contentsOf(disk.items);
  const known = new Map(inodes);
  const names = new Map(
    [...entries].map(([folder, own]) => [folder, new Map(own.map((entry) => [entry.name, entry]))]),
  );
  let {nextInode} = disk.superblock;
  let cursor = firstBlock;

  const take = (): number | undefined => {
    while (disk.used.has(cursor)) cursor += 1;
    if (cursor >= disk.superblock.blocks) return undefined;
    cursor += 1;
    return cursor - 1;
  };
  const set = (item: Item): void => void items.set(keyOf(item), item);
  const setInode = (inode: bigint, facts: Inode): void => {
    known.set(inode, facts);
    set({inode, kind: kinds.inode, number: 0n, value: valueOfInode(facts)});
  };
  const name = (parent: bigint, entry: Entry): void => {
    const own = names.get(parent) ?? new Map<string, Entry>();
    names.set(parent, own.set(entry.name, entry));
    const number = hashOfText(entry.name);
    const same = [...own.values()].filter((other) => hashOfText(other.name) === number);
    set({inode: parent, kind: kinds.entry, number, value: valueOfEntries(same)});
    const folder = known.get(parent);
    if (folder === undefined) return;
    const links = folder.links + (entry.kind === kindOf.folder ? 1 : 0);
    setInode(parent, {...folder, links, times: [folder.times[0], now, now]});
  };
  const make = (
    parent: bigint,
    text: string,
    made: {readonly kind: number; readonly links: number} & Attributes,
  ): bigint => {
    const inode = nextInode;
    nextInode += 1n;
    const {kind, links, permission, modified} = made;
    const facts = {mode: (kind << 12) | permission, user: 0, group: 0, links, size: 0, special: 0n};
    setInode(inode, {...facts, times: [modified, modified, now]});
    name(parent, {name: text, inode, kind});
    return inode;
  };

  return {
    look: (path) => {
      const current = {
        inodes: known,
        entries: new Map([...names].map(([folder, own]) => [folder, [...own.values()]])),
        blocks: new Map(),
      };
      const inode = find(current, path);
      return inode === undefined ? undefined : {inode, kind: (known.get(inode)?.mode ?? 0) >> 12};
    },
    folder: (parent, text, attributes) => {
      const there = names.get(parent)?.get(text);
      if (there === undefined) return make(parent, text, {...attributes, kind: kindOf.folder, links: 2});
      return there.kind === kindOf.folder ? there.inode : undefined;
    },
    put: async (parent, text, {kind, content, permission, modified}) => {
      const there = names.get(parent)?.get(text);
      if (there !== undefined && there.kind !== kindOf[kind]) return undefined;
      const inode = there?.inode ?? make(parent, text, {kind: kindOf[kind], links: 1, permission, modified});
      for (const [key, item] of items) if (item.inode === inode && item.kind === kinds.blocks) items.delete(key);
      const groups = new Map<number, Uint8Array>();
      for (let index = 0; index * block < content.length; index++) {
        const part = content.subarray(index * block, (index + 1) * block);
        if (part.every((byte) => byte === 0)) continue; // a hole
        const number = take();
        if (number === undefined) return undefined;
        const whole = new Uint8Array(block);
        whole.set(part);
        await disk.file.write(number * block, whole);
        const group = Math.floor(index / groupSize);
        const value = groups.get(group) ?? new Uint8Array(groupSize * 8);
        viewOf(value).setBigUint64((index % groupSize) * 8, BigInt(number), true);
        groups.set(group, value);
      }
      for (const [group, value] of groups) set({inode, kind: kinds.blocks, number: BigInt(group), value});
      const facts = known.get(inode);
      if (facts === undefined) return undefined;
      const mode = (kindOf[kind] << 12) | permission;
      setInode(inode, {...facts, mode, size: content.length, times: [facts.times[0], modified, now]});
      return inode;
    },
    commit: () => {
      const all = [...items.values()];
      const content = all.reduce((sum, item) => (item.kind === kinds.blocks ? sum + filled(item.value) : sum), 0);
      return writeDisk(
        disk.file,
        {
          superblock: disk.superblock,
          items: all,
          content,
          nextInode: nextInode > rootInode ? nextInode : rootInode + 1n,
        },
        take,
      );
    },
  };
}

function keyOf({inode, kind, number}: Pick<Item, 'inode' | 'kind' | 'number'>): string {
  return `${inode} ${kind} ${number}`;
}

function filled(value: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < value.length; at += 8) if (viewOf(value).getBigUint64(at, true) !== 0n) count += 1;
  return count;
}
