// SPDX-License-Identifier: BSD-3-Clause

import {basename, join, resolve} from 'node:path';
import {digest, digestOf, fail, type Location, ok, type Result} from '../base/index.ts';
import type {Library, Origin} from '../import/index.ts';
import type {Engine} from './engine.ts';
import {shown} from './project.ts';

/** An archive that is in the store, and what its manifest is to say of it. */
export interface Obtained {
  readonly source: Library['source'];
  readonly folder: string;
  readonly files: readonly string[];
  /** What lies beside the manifest, where nobody else has the archive: a name, and its bytes. */
  readonly beside?: readonly [string, Uint8Array];
}

/** Finds a library's archive, pins it, and unpacks it in the store. */
export async function obtainLibrary(engine: Engine, origin: Origin, written: string): Promise<Result<Obtained>> {
  const at: Location = {source: {path: 'lib import', text: written}, offset: 0, length: written.length};
  switch (origin.kind) {
    case 'debian':
      return fromDebian(engine, origin.name, at);
    case 'npm':
      return fromNpm(engine, origin, at);
    case 'url':
      return fromUrl(engine, origin.url, at);
    case 'folder':
      return fromFolder(engine, origin.path, at);
  }
}

async function fromDebian({host, emit}: Engine, name: string, at: Location): Promise<Result<Obtained>> {
  const {debianSources, fetchSource, newestSource} = await import('../store/index.ts');
  const index = await debianSources(host, emit);
  if (!index.ok) return index;
  const found = newestSource(name, index.value.sources);
  if (!found.ok) return found;
  for (const diagnostic of index.value.warnings) emit({type: 'diagnostic', diagnostic});
  const {version, path, sha256} = found.value;
  const from = {kind: 'debian', path} as const;
  const fetched = await fetchSource(host, {name, version, sha256: digest(sha256), from, at}, emit);
  if (!fetched.ok) return fetched;
  return ok({...fetched.value, source: {name, version, sha256, from: {key: 'debian', value: path}}});
}

async function fromNpm(
  {host, emit}: Engine,
  origin: Extract<Origin, {kind: 'npm'}>,
  at: Location,
): Promise<Result<Obtained>> {
  const {findNpm, pinArchive} = await import('../store/index.ts');
  const found = await findNpm(host, origin.name, origin.version);
  if (!found.ok) return found;
  const {name, version, integrity} = found.value;
  const plain = basename(name);
  const pinned = await pinArchive(
    host,
    {name: plain, version, from: {kind: 'npm', name, version}, at},
    {integrity, onEvent: emit},
  );
  if (!pinned.ok) return pinned;
  const {sha256, ...fetched} = pinned.value;
  const from = {key: 'npm', value: `${name}@${version}`} as const;
  return ok({...fetched, source: {name: plain, version, sha256, from}});
}

async function fromUrl({host, emit}: Engine, url: string, at: Location): Promise<Result<Obtained>> {
  const {pinArchive} = await import('../store/index.ts');
  const {name, version} = namedBy(basename(new URL(url).pathname));
  const pinned = await pinArchive(host, {name, version, from: {kind: 'url', url}, at}, {onEvent: emit});
  if (!pinned.ok) return pinned;
  const {sha256, ...fetched} = pinned.value;
  return ok({...fetched, source: {name, version, sha256, from: {key: 'url', value: url}}});
}

/** Nobody else has a folder, so the lib carries it, as an archive. */
async function fromFolder(engine: Engine, path: string, at: Location): Promise<Result<Obtained>> {
  const {host} = engine;
  const folder = resolve(engine.folder, path);
  const facts = await host.facts((await host.realPath(folder)) ?? folder);
  if (facts?.kind !== 'folder') {
    const message = `There is no folder ${shown(engine, folder)}.`;
    const help = 'From elsewhere: deb:NAME, npm:NAME or an address of the Web.';
    return fail([{severity: 'error', message, help}]);
  }
  const {keepArchive, packFolder} = await import('../store/index.ts');
  const packed = await packFolder(host, folder);
  if (!packed.ok) return packed;
  const {name, version} = namedBy(basename(folder));
  const archive = `${name}-${version}.tar`;
  const sha256 = digestOf(packed.value);
  const from = {kind: 'local', path: join(folder, archive)} as const;
  const kept = await keepArchive(host, {name, version, sha256, from, at}, packed.value);
  if (!kept.ok) return kept;
  return ok({
    ...kept.value,
    source: {name, version, sha256, from: {key: 'local', value: archive}},
    beside: [archive, packed.value],
  });
}

/** `zlib-1.2.13.tar.gz` names a library and its version. */
function namedBy(file: string): {readonly name: string; readonly version: string} {
  const stem = file.replace(/\.(?:tar(?:\.\w+)?|tgz|tbz2|txz|zip)$/, '');
  const [, name, version] = /^(.+?)[-_]v?(\d[\w.+~]*)$/.exec(stem) ?? [];
  return {name: (name ?? stem).replaceAll(/[^\w.+-]/g, '-'), version: version ?? '0.1.0'};
}
