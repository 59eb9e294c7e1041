// SPDX-License-Identifier: BSD-3-Clause

import {ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {type Contents, contentsOf, entriesOf, hashOfText, kindOf} from './contents.ts';
import type {Finding} from './finding.ts';
import {block, type Item, kinds, rootInode} from './format.ts';
import {withDisk} from './open-disk.ts';
import type {Disk} from './read-disk.ts';

/** What a disk holds, and what is wrong with it. */
export interface Checked {
  readonly files: number;
  readonly blocks: number;
  readonly used: number;
  readonly findings: readonly Finding[];
}

/** Reads a disk as a mount does, and then sees whether what it says agrees with itself. */
export function checkVolume(host: Host, path: string): Promise<Result<Checked>> {
  return withDisk(host, {path, access: 'read'}, async (disk) => {
    const contents = contentsOf(disk.items);
    const {superblock, used} = disk;
    const whole = disk.findings.every(({offset}) => offset < 2 * block);
    // Where a part cannot be read, what is missing from it is no news.
    const more = whole ? [...mistakes(disk, contents)] : [];
    const findings = [...disk.findings, ...more].sort((one, other) => one.offset - other.offset);
    return ok({files: contents.inodes.size, blocks: superblock.blocks, used: used.size, findings});
  });
}

function* mistakes(disk: Disk, contents: Contents): Generator<Finding> {
  const head = Number(disk.superblock.generation & 1n) * block;
  if (disk.superblock.root !== 0 && disk.superblock.used !== disk.used.size)
    yield {
      offset: head + 56,
      message: `${disk.superblock.used} blocks are said to be in use, but ${disk.used.size} are.`,
    };
  const names = new Map<bigint, number>();
  const folders = new Map<bigint, number>();
  for (const [folder, entries] of contents.entries)
    for (const {inode, kind} of entries) {
      names.set(inode, (names.get(inode) ?? 0) + 1);
      if (kind === kindOf.folder) folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
  const orphans = new Set(disk.items.filter(({kind}) => kind === kinds.orphan).map(({number}) => number));
  for (const item of disk.items) {
    for (const message of [...itemMistakes(item, contents)]) yield {offset: item.from ?? head, message};
    if (item.kind !== kinds.inode) continue;
    const facts = contents.inodes.get(item.inode);
    if (facts === undefined || orphans.has(item.inode)) continue;
    const isFolder = facts.mode >> 12 === kindOf.folder;
    const own = item.inode === rootInode ? 1 : (names.get(item.inode) ?? 0);
    const links = isFolder ? 2 + (folders.get(item.inode) ?? 0) : own;
    const offset = item.from ?? head;
    if (own === 0) yield {offset, message: `No folder names the file ${item.inode}.`};
    else if (facts.links !== links)
      yield {
        offset: offset + 12,
        message: `The file ${item.inode} is said to have ${facts.links} links, but has ${links}.`,
      };
  }
}

function* itemMistakes(item: Item, contents: Contents): Generator<string> {
  const {inode, kind, number, value} = item;
  if (kind !== kinds.orphan && !contents.inodes.has(inode))
    yield `This tells of the file ${inode}, which is not there.`;
  if (kind < kinds.inode || kind > kinds.orphan) yield `There is no kind ${kind} of items.`;
  if (kind === kinds.inode && value.length !== 80) yield `The inode ${inode} has ${value.length} bytes in place of 80.`;
  if (kind === kinds.blocks) {
    if (value.length !== 256) yield `A group of blocks of the file ${inode} has ${value.length} bytes in place of 256.`;
    const facts = contents.inodes.get(inode);
    if (facts !== undefined && Number(number) * 32 * block >= facts.size)
      yield `The file ${inode} has blocks behind its end.`;
  }
  if (kind !== kinds.entry) return;
  const entries = entriesOf(value);
  if (entries === undefined) yield `An entry of the folder ${inode} is damaged.`;
  for (const {name, inode: named, kind: said} of entries ?? []) {
    const facts = contents.inodes.get(named);
    if (hashOfText(name) !== number) yield `The name "${name}" of the folder ${inode} lies in a wrong place.`;
    if (facts === undefined)
      yield `The name "${name}" of the folder ${inode} leads to the file ${named}, which is not there.`;
    else if (facts.mode >> 12 !== said)
      yield `The name "${name}" of the folder ${inode} is said to be of another kind than the file ${named}.`;
  }
}
