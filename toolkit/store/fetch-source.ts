// SPDX-License-Identifier: BSD-3-Clause

import {createHash} from 'node:crypto';
import {dirname, join} from 'node:path';
import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import {type Host, HostError} from '../host/index.ts';
import {readListing, writeListing} from './listing.ts';
import {archiveName, type PinnedSource, sourceFolder} from './pinned-source.ts';
import {type Place, placesOf} from './servers.ts';
import {unpack} from './unpack.ts';

/** A source that lies in the store, unpacked. */
export interface FetchedSource {
  readonly folder: string;
  /** Its files, relative to the folder, sorted. */
  readonly files: readonly string[];
}

/** How far a download is. Bytes. */
export interface FetchEvent {
  readonly type: 'fetch';
  readonly reason: 'start' | 'progress' | 'done';
  readonly source: string;
  readonly received: number;
  readonly total?: number;
}

const downloadAtMost = 256 * 1024 * 1024;

/**
 * Third-party code, from the store, or fetched into it: once, checked against its pin, and unpacked beside its place
 * before it is moved there, so that whoever looks sees all of it or nothing.
 */
export async function fetchSource(
  host: Host,
  source: PinnedSource,
  onEvent: (event: FetchEvent) => void = () => {},
): Promise<Result<FetchedSource>> {
  const folder = sourceFolder(host, source);
  const present = await readListing(host, folder, source.sha256);
  if (present !== undefined) return ok({folder, files: present});

  onEvent({type: 'fetch', reason: 'start', source: source.name, received: 0});
  const archive = await obtain(host, source, onEvent);
  if (!archive.ok) return fail([archive.error]);
  const kept = await keepArchive(host, source, archive.value);
  if (!kept.ok) return kept;
  const {length} = archive.value;
  onEvent({type: 'fetch', reason: 'done', source: source.name, received: length, total: length});
  return kept;
}

/** Unpacks an archive that has the digest of its pin, and keeps it in the store. */
export async function keepArchive(host: Host, source: PinnedSource, bytes: Uint8Array): Promise<Result<FetchedSource>> {
  const folder = sourceFolder(host, source);
  const present = await readListing(host, folder, source.sha256);
  if (present !== undefined) return ok({folder, files: present});
  const unpacked = await unpack(host, {name: archiveName(source), bytes});
  if (!unpacked.ok) return fail([{at: source.at, ...unpacked.error}]);
  const sources = dirname(folder);
  await removeAbandoned(host, sources);
  const unfinished = await host.makeTemporaryFolder(join(sources, '.unfinished-'));
  try {
    await writeFiles(host, unfinished, [...unpacked.value.files]);
    for (const [path, target] of unpacked.value.links) await host.symlink(target, join(unfinished, path));
    const files = [...unpacked.value.files.keys(), ...unpacked.value.fileLinks].sort();
    await writeListing(host, unfinished, {sha256: source.sha256, files});
    await moveIntoPlace(host, {from: unfinished, to: folder, sha256: source.sha256});
    return ok({folder, files});
  } finally {
    await host.remove(unfinished);
  }
}

/** The archive's bytes from the first place that has it. One that has other bytes ends the search. */
async function obtain(
  host: Host,
  source: PinnedSource,
  onEvent: (event: FetchEvent) => void,
): Promise<Result<Uint8Array, Diagnostic>> {
  const name = archiveName(source);
  const tried: string[] = [];
  for await (const place of placesOf(host, source)) {
    const got = await read(host, place, progressOf(host, source, onEvent));
    if (got instanceof HostError) tried.push(got.message);
    if (got === undefined || got instanceof HostError) continue;
    const taken = await takeInner(host, source, got);
    if (!taken.ok) return taken;
    const bytes = taken.value;
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found === source.sha256) return ok(bytes);
    return fail({
      severity: 'error',
      message: `The archive ${name} has the sha256 ${found}, but ${source.sha256} is pinned. Nothing was unpacked.`,
      at: source.at,
      notes: [{message: `It came from ${place} (${bytes.length} bytes).`}],
      help: 'Trust the pin, not the download: try another mirror with KRAFT_TS_MIRROR. Change the pin only if you know why the archive changed.',
    });
  }
  return fail({
    severity: 'error',
    message: `The archive ${name} of ${source.name} ${source.version} is on none of the servers that were asked.`,
    at: source.at,
    notes: tried.map((message) => ({message})),
    help: 'Go online once, or set KRAFT_TS_MIRROR to a folder or URL that has the archive.',
  });
}

/** The archive within what was fetched, where there is one: it alone is what the pin speaks of. */
async function takeInner(host: Host, source: PinnedSource, bytes: Uint8Array): Promise<Result<Uint8Array, Diagnostic>> {
  if (source.inner === undefined) return ok(bytes);
  const outer = await unpack(host, {name: archiveName(source), bytes});
  if (!outer.ok) return fail({at: source.at, ...outer.error});
  const inner = outer.value.files.get(source.inner);
  if (inner !== undefined) return ok(inner);
  return fail({
    severity: 'error',
    message: `The archive ${archiveName(source)} has no file ${source.inner}. Nothing was unpacked.`,
    at: source.at,
  });
}

/** A network may fail once; what fails the same way again is what it says. */
async function read(
  host: Host,
  place: Place,
  onProgress: (received: number, total: number | undefined) => void,
): Promise<Uint8Array | undefined | HostError> {
  const once = (): Promise<Uint8Array | undefined | HostError> =>
    readOnce(host, place, onProgress).catch((error: unknown) => {
      if (error instanceof HostError) return error;
      throw error;
    });
  const first = await once();
  if (!(first instanceof HostError) || !passing.test(first.code)) return first;
  await host.sleep(1000);
  return once();
}

const passing = /^(TRUNCATED|ECONNRESET|EAI_AGAIN|5\d\d)$/;

async function readOnce(
  host: Host,
  place: Place,
  onProgress: (received: number, total: number | undefined) => void,
): Promise<Uint8Array | undefined> {
  if (place.startsWith('/')) return host.readBytes(place);
  return host.download(place, (received, total) => {
    if (Math.max(received, total ?? 0) > downloadAtMost) {
      throw new HostError(`The archive is larger than ${downloadAtMost / 1024 / 1024} MiB: ${place}.`, 'EFBIG', place);
    }
    onProgress(received, total);
  });
}

/** Ten events a second are enough for any eye. */
function progressOf(
  host: Host,
  source: PinnedSource,
  onEvent: (event: FetchEvent) => void,
): (received: number, total: number | undefined) => void {
  let last = 0;
  return (received, total) => {
    if (host.now() - last < 100) return;
    last = host.now();
    onEvent({
      type: 'fetch',
      reason: 'progress',
      source: source.name,
      received,
      ...(total === undefined ? {} : {total}),
    });
  };
}

/** Some at once: a disk does not mind, and most of the time is waiting. */
async function writeFiles(
  host: Host,
  folder: string,
  files: readonly (readonly [string, Uint8Array])[],
): Promise<void> {
  for (let at = 0; at < files.length; at += 64) {
    await Promise.all(files.slice(at, at + 64).map(([path, bytes]) => host.writeFile(join(folder, path), bytes)));
  }
}

/** Where another process was faster, its folder is as good as ours; a damaged one makes room. */
async function moveIntoPlace(
  host: Host,
  move: {readonly from: string; readonly to: string; readonly sha256: string},
): Promise<void> {
  for (let attempts = 1; ; attempts++) {
    try {
      await host.rename(move.from, move.to);
      return;
    } catch (error) {
      const taken = error instanceof HostError && ['ENOTEMPTY', 'EEXIST'].includes(error.code);
      if (!taken || attempts === 5) throw error;
    }
    if ((await readListing(host, move.to, move.sha256)) !== undefined) return;
    await host.remove(move.to);
  }
}

/** What a process that was killed left behind, after a day. */
async function removeAbandoned(host: Host, sources: string): Promise<void> {
  for (const name of (await host.list(sources)) ?? []) {
    if (!name.startsWith('.unfinished-')) continue;
    const facts = await host.facts(join(sources, name));
    if (facts !== undefined && host.now() - facts.modified > 24 * 60 * 60 * 1000)
      await host.remove(join(sources, name));
  }
}
