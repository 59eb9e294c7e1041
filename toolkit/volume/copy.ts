// SPDX-License-Identifier: BSD-3-Clause

import {posix} from 'node:path';
import {fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {type Contents, contentOf, contentsOf, find, kindOf, namesOf} from './contents.ts';
import {type EditedDisk, editDisk} from './edit-disk.ts';
import {withSoundDisk, wrong} from './open-disk.ts';
import type {Disk} from './read-disk.ts';

/** A path of the host, absolute, and one of a disk in an image. */
export interface Copied {
  readonly outside: string;
  readonly path: string;
  readonly inside: string;
}

/** Copies a file, or a folder with all that is in it, to a disk: all of it, or nothing. Returns how many files. */
export function copyIn(host: Host, {outside, path, inside}: Copied): Promise<Result<number>> {
  return withSoundDisk(host, {path, access: 'write'}, async (disk) => {
    if ((await host.facts(outside)) === undefined) return fail([wrong(`There is no ${outside}.`)]);
    const edited = editDisk(disk, host.now());
    const there = edited.look(inside);
    const into = there?.kind === kindOf.folder ? posix.join(inside, posix.basename(outside)) : inside;
    const names = namesOf(into);
    const parent = edited.look(`/${names.slice(0, -1).join('/')}`);
    const last = names.at(-1);
    if (parent?.kind !== kindOf.folder || last === undefined)
      return fail([wrong(`The disk ${path} has no folder ${posix.dirname(into)}.`)]);
    const count = await putAll(
      {host, edited, from: outside},
      {parent: parent.inode, name: last, shown: `/${names.join('/')}`},
    );
    if (typeof count === 'string') return fail([wrong(count)]);
    if (!(await edited.commit())) return fail([wrong(full(path))]);
    return ok(count);
  });
}

const full = (path: string): string => `The disk ${path} has too little room. Nothing on it has changed.`;

/** The number of files, or what stands in the way. */
async function putAll(
  {host, edited, from}: {readonly host: Host; readonly edited: EditedDisk; readonly from: string},
  {parent, name, shown}: {readonly parent: bigint; readonly name: string; readonly shown: string},
): Promise<number | string> {
  const facts = await host.facts(from);
  if (new TextEncoder().encode(name).length > 255) return `The name ${name} is longer than 255 bytes.`;
  if (facts === undefined || facts.kind === 'other') return `${from} is neither a file nor a folder nor a link.`;
  const {modified} = facts;
  if (facts.kind === 'folder') {
    const inode = edited.folder(parent, name, {permission: 0o755, modified});
    if (inode === undefined) return `On the disk, ${shown} is no folder.`;
    let count = 1;
    for (const each of (await host.list(from)) ?? []) {
      const more = await putAll(
        {host, edited, from: posix.join(from, each)},
        {parent: inode, name: each, shown: `${shown}/${each}`},
      );
      if (typeof more === 'string') return more;
      count += more;
    }
    return count;
  }
  const isLink = facts.kind === 'link';
  const content = isLink ? new TextEncoder().encode(await host.readLink(from)) : await host.readBytes(from);
  const permission = isLink ? 0o777 : facts.executable ? 0o755 : 0o644;
  const kind = isLink ? 'link' : 'file';
  const put = await edited.put(parent, name, {kind, content: content ?? new Uint8Array(), permission, modified});
  return put === undefined
    ? `${shown} does not fit: there is something of another kind, or the disk is full. Nothing on it has changed.`
    : 1;
}

/** Copies a file, or a folder with all that is in it, from a disk. Returns how many files. */
export function copyOut(host: Host, {outside, path, inside}: Copied): Promise<Result<number>> {
  return withSoundDisk(host, {path, access: 'read'}, async (disk) => {
    const contents = contentsOf(disk.items);
    const from = find(contents, inside);
    if (from === undefined) return fail([wrong(`The disk ${path} has no ${inside}.`)]);
    const name = namesOf(inside).at(-1);
    const isFolder = (await host.facts(outside))?.kind === 'folder';
    const to = isFolder && name !== undefined ? posix.join(outside, name) : outside;
    const count = await getAll({host, disk, contents, seen: new Set()}, {from, to});
    return typeof count === 'string' ? fail([wrong(count)]) : ok(count);
  });
}

interface World {
  readonly host: Host;
  readonly disk: Disk;
  readonly contents: Contents;
  /** Folders: none lies within itself. */
  readonly seen: Set<bigint>;
}

const mostBytes = 2 ** 31;

async function getAll(
  world: World,
  {from, to}: {readonly from: bigint; readonly to: string},
): Promise<number | string> {
  const {host, disk, contents, seen} = world;
  const facts = contents.inodes.get(from);
  const kind = (facts?.mode ?? 0) >> 12;
  if (kind === kindOf.folder) {
    if (seen.has(from)) return `A folder of the disk has two names: ${to}. The disk is damaged.`;
    seen.add(from);
    await host.makeFolder(to);
    let count = 1;
    for (const {name, inode} of contents.entries.get(from) ?? []) {
      const more = await getAll(world, {from: inode, to: posix.join(to, name)});
      if (typeof more === 'string') return more;
      count += more;
    }
    return count;
  }
  if ((facts?.size ?? 0) > mostBytes) return `${to} would have more than 2 GiB.`;
  const content = await contentOf(disk, contents, from);
  if (kind === kindOf.link) {
    await host.remove(to);
    await host.symlink(new TextDecoder().decode(content), to);
    return 1;
  }
  await host.writeFile(to, content);
  if (((facts?.mode ?? 0) & 0o111) !== 0) await host.chmod(to, 0o755);
  return 1;
}
