// SPDX-License-Identifier: BSD-3-Clause

import {createHash} from 'node:crypto';
import {type Diagnostic, type Digest, digestOf, fail, ok, type Result} from '../base/index.ts';
import {type Host, HostError} from '../host/index.ts';
import {type FetchEvent, type FetchedSource, keepArchive} from './fetch-source.ts';
import {type NpmSource, npmSource} from './npm-document.ts';
import type {PinnedSource} from './pinned-source.ts';
import {npmRegistry, placesOf} from './servers.ts';

/** An archive that nobody has pinned yet, in the store under the digest that it turned out to have. */
export interface Pinned extends FetchedSource {
  readonly sha256: Digest;
}

/**
 * Downloads an archive and takes its digest for granted: whoever pins it has seen it once. An npm tarball has to have
 * the integrity that its registry names.
 */
export async function pinArchive(
  host: Host,
  source: Omit<PinnedSource, 'sha256'>,
  {integrity, onEvent}: {readonly integrity?: string | undefined; readonly onEvent: (event: FetchEvent) => void},
): Promise<Result<Pinned>> {
  onEvent({type: 'fetch', reason: 'start', source: source.name, received: 0});
  const unknown = {...source, sha256: digestOf('')};
  const tried: string[] = [];
  for await (const place of placesOf(host, unknown)) {
    const bytes = await read(host, place);
    if (typeof bytes === 'string') tried.push(bytes);
    if (bytes === undefined || typeof bytes === 'string') continue;
    const wrong = integrity === undefined ? undefined : mismatch(bytes, integrity);
    if (wrong !== undefined) return fail([{...wrong, at: source.at}]);
    const pinned = {...source, sha256: digestOf(bytes)};
    const kept = await keepArchive(host, pinned, bytes);
    if (!kept.ok) return kept;
    onEvent({type: 'fetch', reason: 'done', source: source.name, received: bytes.length, total: bytes.length});
    return ok({...kept.value, sha256: pinned.sha256});
  }
  const message = `The archive of ${source.name} cannot be had.`;
  return fail([{severity: 'error', message, at: source.at, notes: tried.map((each) => ({message: each}))}]);
}

async function read(host: Host, place: string): Promise<Uint8Array | string | undefined> {
  try {
    return place.startsWith('/') ? await host.readBytes(place) : await host.download(place);
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}

/** Subresource Integrity, as npm writes it: any of the digests of the strongest kind will do. */
function mismatch(bytes: Uint8Array, integrity: string): Diagnostic | undefined {
  const [, kind, expected] = /(sha512|sha256|sha1)-([A-Za-z0-9+/=]+)/.exec(integrity) ?? [];
  if (kind === undefined || expected === undefined) return undefined;
  const found = createHash(kind).update(bytes).digest('base64');
  if (found === expected) return undefined;
  return {
    severity: 'error',
    message: `The tarball has the integrity ${kind}-${found}, but the registry says ${kind}-${expected}. Nothing was unpacked.`,
  };
}

/** The version of an npm package that is meant. */
export async function findNpm(host: Host, name: string, wanted: string | undefined): Promise<Result<NpmSource>> {
  const registry = await npmRegistry(host, name);
  const url = `${registry.replace(/\/+$/, '')}/${name.replace('/', '%2F')}`;
  try {
    return npmSource(name, wanted, Buffer.from(await host.download(url)).toString());
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const message = error.code === '404' ? `There is no npm package "${name}" at ${registry}.` : error.message;
    return fail([{severity: 'error', message}]);
  }
}
