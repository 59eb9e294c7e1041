// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {decompress} from './decompress.ts';
import {leadsTo} from './links.ts';
import {listingFile} from './listing.ts';
import {readTar, type TarEntry} from './read-tar.ts';

/** What an archive holds, checked: nothing in it lies or points outside. */
export interface Unpacked {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Path → target, relative to the link's folder. */
  readonly links: ReadonlyMap<string, string>;
  /** The links that lead to files. */
  readonly fileLinks: readonly string[];
}

const unpackedAtMost = 1024 * 1024 * 1024;

/** An archive in memory, taken apart. Nothing is written: an archive with one bad entry leaves nothing behind. */
export async function unpack(
  host: Host,
  archive: {readonly name: string; readonly bytes: Uint8Array},
  atMost = unpackedAtMost,
): Promise<Result<Unpacked, Diagnostic>> {
  const tar = await decompress(host, archive.bytes, atMost);
  if (!tar.ok) return fail(refusal(archive.name, tar.error));
  const entries = await readTar(tar.value);
  if (!entries.ok) return fail(refusal(archive.name, {message: entries.error}));
  const unpacked = check(entries.value);
  return unpacked.ok ? unpacked : fail(refusal(archive.name, {message: unpacked.error}));
}

function refusal(name: string, reason: {readonly message: string; readonly help?: string}): Diagnostic {
  return {
    severity: 'error',
    message: `The archive ${name} was not unpacked: ${reason.message}`,
    ...(reason.help === undefined ? {} : {help: reason.help}),
  };
}

function check(entries: readonly TarEntry[]): Result<Unpacked, string> {
  const named: {readonly entry: TarEntry; readonly parts: readonly string[]}[] = [];
  for (const entry of entries) {
    const parts = partsOf(entry.path);
    if (!parts.ok) return parts;
    if (parts.value.length > 0) named.push({entry, parts: parts.value});
  }
  const stripped = stripOutermost(named);

  const files = new Map<string, Uint8Array>();
  const links = new Map<string, string>();
  const folders = new Set<string>();
  for (const {entry, parts, outermost} of stripped) {
    const path = parts.join('/');
    const shown = quote(entry.path);
    if (path === '') continue;
    if (path === listingFile) return fail(`its entry ${shown} has a name that the store keeps for itself.`);
    const parents = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
    const throughLink = parents.find((parent) => links.has(parent));
    if (throughLink !== undefined) return fail(`its entry ${shown} goes through the link ${quote(throughLink)}.`);
    const throughFile = parents.find((parent) => files.has(parent));
    if (throughFile !== undefined)
      return fail(`its entry ${shown} needs a folder where the file ${quote(throughFile)} is.`);
    for (const parent of parents) folders.add(parent);
    if (entry.kind !== 'folder' && folders.has(path)) return fail(`its entry ${shown} is a folder elsewhere in it.`);
    switch (entry.kind) {
      case 'folder':
        if (files.has(path) || links.has(path))
          return fail(`its entry ${shown} is a folder here and a file elsewhere in it.`);
        folders.add(path);
        break;
      case 'file':
        links.delete(path);
        files.set(path, entry.bytes);
        break;
      case 'hard link': {
        const target = partsOf(entry.target);
        if (!target.ok) return fail(`its link ${shown} leads out, to ${quote(entry.target)}.`);
        const bytes = files.get(target.value.slice(outermost).join('/'));
        if (bytes === undefined)
          return fail(`its link ${shown} leads to ${quote(entry.target)}, which is no file before it.`);
        links.delete(path);
        files.set(path, bytes);
        break;
      }
      case 'link':
        files.delete(path);
        links.set(path, entry.target);
        break;
      case 'other':
        return fail(`its entry ${shown} is ${entry.means}; only files, folders and links are unpacked.`);
    }
  }
  return checkLinks(files, links);
}

function checkLinks(
  files: ReadonlyMap<string, Uint8Array>,
  links: ReadonlyMap<string, string>,
): Result<Unpacked, string> {
  const fileLinks: string[] = [];
  for (const [path, target] of links) {
    const destination = leadsTo(links, path);
    if (destination === 'outside') return fail(`its link ${quote(path)} leads out, to ${quote(target)}.`);
    if (destination === 'circle') return fail(`its link ${quote(path)} leads round in a circle.`);
    if (files.has(destination.path)) fileLinks.push(path);
  }
  return ok({files, links, fileLinks});
}

function partsOf(path: string): Result<readonly string[], string> {
  if (path.startsWith('/')) return fail(`its entry ${quote(path)} has an absolute path.`);
  if (/[\u0000-\u001f\u007f]/.test(path)) return fail(`its entry ${quote(path)} has a control character in its name.`);
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return fail(`its entry ${quote(path)} leads out of its folder.`);
  if (parts.some((part) => Buffer.byteLength(part) > 255) || path.length > 2048)
    return fail(`its entry ${quote(path.slice(0, 60))}… has too long a name.`);
  return ok(parts);
}

/** Most archives hold one folder with everything in it; that folder's name says nothing, so it goes. */
function stripOutermost<T extends {readonly entry: TarEntry; readonly parts: readonly string[]}>(
  named: readonly T[],
): readonly (T & {readonly outermost: 0 | 1})[] {
  const tops = new Set(named.map(({parts}) => parts[0]));
  const single = tops.size === 1 && named.every(({entry, parts}) => parts.length > 1 || entry.kind === 'folder');
  return named.map((one) => ({...one, parts: one.parts.slice(single ? 1 : 0), outermost: single ? 1 : 0}));
}

function quote(path: string): string {
  return JSON.stringify(path).replace(/^"|"$/g, "'");
}
