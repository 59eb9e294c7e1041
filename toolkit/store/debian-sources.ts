// SPDX-License-Identifier: BSD-3-Clause

import {createHash} from 'node:crypto';
import {dirname, join} from 'node:path';
import {type Diagnostic, digestOfValue, fail, ok, type Result} from '../base/index.ts';
import {type Host, HostError} from '../host/index.ts';
import {decompress} from './decompress.ts';
import type {FetchEvent} from './fetch-source.ts';
import {type DebianSource, readSourcesIndex} from './read-sources-index.ts';
import {storeFolder} from './store-folder.ts';

/** One `Sources` index of one mirror. */
interface Index {
  /** Of the archive: http://deb.debian.org/debian */
  readonly uri: string;
  readonly codename: string;
  readonly component: string;
  /** What apt has checked the signature of, and what it says of the index; absent: apt knows nothing of it. */
  readonly sha256?: string;
}

const unpackedAtMost = 512 * 1024 * 1024;

/** Where Debian's packages are looked for when there is no apt to ask. */
const usual: readonly Index[] = [{uri: 'http://deb.debian.org/debian', codename: 'stable', component: 'main'}];

/**
 * The source packages of the Debian archives that this machine installs from. Each index is fetched by the digest that
 * apt has for it, so that it is as trustworthy as an installed package; then it is kept. Warnings tell where that could
 * not be.
 */
export async function debianSources(
  host: Host,
  onEvent: (event: FetchEvent) => void,
): Promise<Result<{readonly sources: readonly DebianSource[]; readonly warnings: readonly Diagnostic[]}>> {
  const known = await aptIndexes(host);
  const indexes = known.length === 0 ? usual : known;
  const sources: DebianSource[] = [];
  const warnings: Diagnostic[] = [];
  const tried: string[] = [];
  for (const index of indexes) {
    const read = await readIndex(host, index, onEvent);
    if (typeof read === 'string') {
      if (read !== '') tried.push(read);
      continue;
    }
    sources.push(...read.sources);
    if (!read.checked) warnings.push(unchecked(index));
  }
  if (sources.length > 0) return ok({sources, warnings});
  const message = 'No index of Debian source packages can be read.';
  const help = 'Go online, or give the archive itself: kraft-ts lib import https://…';
  return fail([{severity: 'error', message, notes: tried.map((each) => ({message: each})), help}]);
}

async function readIndex(
  host: Host,
  index: Index,
  onEvent: (event: FetchEvent) => void,
): Promise<{readonly sources: readonly DebianSource[]; readonly checked: boolean} | string> {
  const kept = join(storeFolder(host), 'indexes', `${digestOfValue({...index})}.json`);
  const facts = await host.facts(kept);
  const fresh =
    facts !== undefined && (index.sha256 !== undefined || host.now() - facts.modified < 24 * 60 * 60 * 1000);
  const before = fresh ? parseKept(await host.readFile(kept)) : undefined;
  if (before !== undefined) return before;
  const folder = `${index.uri}/dists/${index.codename}/${index.component}/source`;
  const byHash = index.sha256 === undefined ? undefined : `${folder}/by-hash/SHA256/${index.sha256}`;
  onEvent({type: 'fetch', reason: 'start', source: `${index.codename}'s list of sources`, received: 0});
  for (const url of [...(byHash === undefined ? [] : [byHash]), `${folder}/Sources.xz`]) {
    const bytes = await download(host, url);
    if (typeof bytes === 'string') {
      if (url === `${folder}/Sources.xz`) return bytes;
      continue;
    }
    const checked = index.sha256 === createHash('sha256').update(bytes).digest('hex');
    const text = await decompress(host, bytes, unpackedAtMost);
    if (!text.ok) return `${url}: ${text.error.message}`;
    const read = {sources: readSourcesIndex(Buffer.from(text.value).toString()), checked};
    await host.writeFile(kept, JSON.stringify(read));
    return read;
  }
  return '';
}

/** A mirror that has no sources is no mistake of anybody. */
async function download(host: Host, url: string): Promise<Uint8Array | string> {
  try {
    return await host.download(url);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return error.code === '404' || error.code === '403' ? '' : error.message;
  }
}

function parseKept(text: string | undefined) {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('sources' in value && 'checked' in value)) return undefined;
    const {sources, checked} = value;
    return Array.isArray(sources) && sources.every(isSource) ? {sources, checked: checked === true} : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isSource(value: unknown): value is DebianSource {
  if (typeof value !== 'object' || value === null) return false;
  const record: Readonly<Record<string, unknown>> = {...value};
  return ['name', 'version', 'path', 'sha256', 'debianVersion'].every((key) => typeof record[key] === 'string');
}

/** What apt installs from, each with the digest that its signed InRelease gives for the index of sources. */
async function aptIndexes(host: Host): Promise<readonly Index[]> {
  const format = '$(CREATED_BY)\t$(REPO_URI)\t$(CODENAME)\t$(COMPONENT)\t$(METAKEY)\t$(FILENAME)';
  const result = await host.run('apt-get', ['indextargets', '--format', format]);
  if (result === 'not-found' || result.exitCode !== 0) return [];
  const found = new Map<string, Index>();
  for (const line of result.stdout.split('\n')) {
    const [by, uri = '', codename = '', component = '', key = '', file = ''] = line.split('\t');
    if (by !== 'Packages' || !/^https?:/.test(uri) || component === '') continue;
    const sha256 = await signedDigest(host, {file, key, component});
    const index = {uri: uri.replace(/\/+$/, ''), codename, component};
    found.set(JSON.stringify(index), {...index, ...(sha256 !== undefined && {sha256})});
  }
  return [...found.values()];
}

/** Apt names its lists for the address: …_dists_stable_main_binary-amd64_Packages lies beside …_dists_stable_InRelease. */
async function signedDigest(
  host: Host,
  {file, key, component}: {readonly file: string; readonly key: string; readonly component: string},
): Promise<string | undefined> {
  const end = file.lastIndexOf(`_${key.replaceAll('/', '_')}`);
  if (end === -1) return undefined;
  const text = await host.readFile(join(dirname(file), `${file.slice(dirname(file).length + 1, end)}_InRelease`));
  const [, sums = ''] = /^SHA256:\n((?: .*\n?)+)/m.exec(text ?? '') ?? [];
  const wanted = `${component}/source/Sources.xz`;
  const line = sums.split('\n').find((one) => one.endsWith(` ${wanted}`));
  return line === undefined ? undefined : /^ ([0-9a-f]{64}) /.exec(line)?.[1];
}

function unchecked({uri, codename}: Index): Diagnostic {
  return {
    severity: 'warning',
    message: `The list of sources of ${codename} from ${uri} is not the one that apt has a signature for.`,
    help: 'Run sudo apt-get update, then import again.',
  };
}
