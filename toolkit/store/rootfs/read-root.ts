// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {fail, ok, type Result} from '../../base/index.ts';
import type {Host} from '../../host/index.ts';
import {decompress} from '../decompress.ts';
import {readTar, type TarEntry} from '../read-tar.ts';
import {readNewc} from './newc.ts';
import {fileKind, folderKind, kindOf, linkKind, type RootEntry} from './root-entry.ts';

const bytesAtMost = 1024 * 1024 * 1024;
const none = new Uint8Array();
const otherCpio = 'it is a cpio archive of another format than newc, which `cpio -o -H newc` writes.';

/** What a folder or an archive holds, but for one folder in it, or what is wrong with it, as the end of a sentence. */
export async function readRoot(
  host: Host,
  {path, without}: {readonly path: string; readonly without: string},
): Promise<Result<readonly RootEntry[], string>> {
  // The path itself may be a link, as a user's folders often are.
  const real = await host.realPath(path);
  const facts = real === undefined ? undefined : await host.facts(real);
  if (real === undefined || facts === undefined) return fail('there is no such file or folder.');
  if (facts.kind === 'folder') return readFolder(host, {folder: real, prefix: '', without});
  if (facts.kind !== 'file') return fail('it is neither a folder nor an archive.');
  const bytes = await host.readBytes(real);
  if (bytes === undefined) return fail('there is no such file or folder.');
  const unpacked = await decompress(host, bytes, bytesAtMost);
  if (!unpacked.ok) return fail(unpacked.error.message);
  const magic = Buffer.from(unpacked.value.subarray(0, 6)).toString('latin1');
  if (magic === '070707' || /^(\xc7q|q\xc7)/.test(magic)) return fail(otherCpio);
  return magic.startsWith('07070') ? fromNewc(unpacked.value) : fromTar(unpacked.value);
}

async function readFolder(
  host: Host,
  {folder, prefix, without}: {readonly folder: string; readonly prefix: string; readonly without: string},
): Promise<Result<readonly RootEntry[], string>> {
  const entries: RootEntry[] = [];
  for (const name of (await host.list(folder)) ?? []) {
    const file = join(folder, name);
    if (file === without) continue;
    const path = `${prefix}${name}`;
    const facts = await host.facts(file);
    if (facts?.kind === 'folder') {
      const inner = await readFolder(host, {folder: file, prefix: `${path}/`, without});
      if (!inner.ok) return inner;
      entries.push({path, mode: folderKind | 0o755, content: none}, ...inner.value);
    } else if (facts?.kind === 'link') {
      entries.push({path, mode: linkKind | 0o777, content: Buffer.from((await host.readLink(file)) ?? '')});
    } else if (facts?.kind === 'file') {
      if (facts.size > bytesAtMost) return fail(`"${path}" in it is larger than 1024 MiB.`);
      const mode = fileKind | (facts.executable ? 0o755 : 0o644);
      entries.push({path, mode, content: (await host.readBytes(file)) ?? none});
    } else entries.push({path, mode: 0, content: none}); // of no kind, which is refused
  }
  return ok(entries);
}

function fromNewc(bytes: Uint8Array): Result<readonly RootEntry[], string> {
  const read = readNewc(bytes);
  if (!read.ok) return read;
  return ok(read.value.map((entry) => ({...entry, mode: kindOf(entry.mode) | permission(entry.mode)})));
}

/** What is kept of a mode: whether it can be executed. */
function permission(mode: number): number {
  switch (kindOf(mode)) {
    case linkKind:
      return 0o777;
    case folderKind:
      return 0o755;
    default:
      return (mode & 0o100) === 0 ? 0o644 : 0o755;
  }
}

async function fromTar(bytes: Uint8Array): Promise<Result<readonly RootEntry[], string>> {
  const tar = await readTar(bytes);
  if (!tar.ok) return tar;
  // A tar archive ends with blocks of zeros (POSIX pax, ustar interchange format); one that was cut off has lost files.
  const last = bytes.subarray(-512);
  if (bytes.length % 512 !== 0 || last.some((byte) => byte !== 0)) return fail('it is damaged: its end is missing.');
  const entries = new Map<string, RootEntry>();
  for (const one of tar.value) {
    const entry = fromTarEntry(one, entries);
    if (typeof entry === 'string') return fail(entry);
    entries.set(entry.path, entry);
  }
  return ok([...entries.values()]);
}

function fromTarEntry(one: TarEntry, before: ReadonlyMap<string, RootEntry>): RootEntry | string {
  const path = tidy(one.path);
  switch (one.kind) {
    case 'file':
      return {path, mode: fileKind | (one.executable ? 0o755 : 0o644), content: one.bytes};
    case 'folder':
      return {path, mode: folderKind | 0o755, content: none};
    case 'link':
      return {path, mode: linkKind | 0o777, content: Buffer.from(one.target)};
    case 'hard link': {
      const target = before.get(tidy(one.target));
      return target === undefined ? `"${path}" in it is a link to nothing.` : {...target, path};
    }
    case 'other':
      return `"${path}" in it is ${one.means}.`;
    default:
      return one satisfies never;
  }
}

/** Archivers write `./a/` and mean `a`. */
export function tidy(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');
}
