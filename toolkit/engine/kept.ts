// SPDX-License-Identifier: BSD-3-Clause

import {fileURLToPath} from 'node:url';
import {deserialize, serialize} from 'node:v8';
import type {Host} from '../host/index.ts';
import {storeFolder} from '../store/index.ts';

/** What a value was made from, and the value. Plain data. */
interface Kept<T> {
  readonly key: string;
  /** What was looked at, and when each changed last; NaN: it was not there. */
  readonly paths: readonly string[];
  readonly changed: Float64Array;
  readonly value: T;
}

export interface KeptRequest<T> {
  /** All that the value depends on beside files. */
  readonly key: string;
  /** The code that makes it; undefined: code that may be another at any time, so nothing is kept. */
  readonly tool: string | undefined;
  /** Makes the value from what this host shows of files; undefined: not worth keeping. Plain data, without functions. */
  make(host: Host): Promise<{readonly value: T; readonly keep: boolean}>;
}

/** A file that changed so short a time before it was read may change again without its time showing it, in ms. */
const unsettled = 50;
/** So many are kept, the newest. */
const most = 32;

/** The last value of this process, and the file that it is in. */
let last: {readonly file: string; readonly kept: Kept<unknown>} | undefined;

/**
 * A value made from files, from the user's cache folder if no file that it was made from has changed since: none was
 * written, came or went. A cache that cannot be read or written counts for nothing.
 */
export async function kept<T>(host: Host, {key, tool, make}: KeptRequest<T>): Promise<T> {
  if (tool === undefined) return (await make(host)).value;
  const whole = JSON.stringify([tool, key]);
  const folder = `${storeFolder(host)}/kept`;
  const file = `${folder}/${shortHash(whole)}`;
  // The key says which T it is.
  const before = last?.file === file ? (last.kept as Kept<T>) : await read<T>(host, file);
  if (before?.key === whole && (await unchanged(host, before))) {
    last = {file, kept: before};
    return before.value;
  }
  const seen = new Map<string, number>();
  const began = host.now();
  const {value, keep} = await make(watching(host, seen));
  const settled = [...seen.values()].every((changed) => !(changed > began - unsettled));
  if (keep && settled) {
    const made: Kept<T> = {key: whole, paths: [...seen.keys()], changed: Float64Array.from(seen.values()), value};
    last = {file, kept: made};
    await write(host, {folder, file, bytes: serialize(made)});
  }
  return value;
}

/** Which code this is: the bundle that runs. Undefined: it runs from its sources, each of which may change. */
export async function thisTool(host: Host): Promise<string | undefined> {
  const path = fileURLToPath(import.meta.url);
  if (path.endsWith('.ts')) return undefined;
  const facts = await host.facts(path);
  return facts === undefined ? undefined : `${path} ${facts.changed} ${facts.size} ${process.version}`;
}

async function read<T>(host: Host, file: string): Promise<Kept<T> | undefined> {
  try {
    const bytes = await host.readBytes(file);
    return bytes === undefined ? undefined : deserialize(bytes);
  } catch {
    return undefined; // cut off, or of another Node
  }
}

async function unchanged<T>(host: Host, {paths, changed}: Kept<T>): Promise<boolean> {
  for (const [index, path] of paths.entries())
    if (!Object.is(await changedAt(host, path), changed[index])) return false;
  return true;
}

async function write(
  host: Host,
  {folder, file, bytes}: {readonly folder: string; readonly file: string; readonly bytes: Uint8Array},
): Promise<void> {
  try {
    await host.writeFile(file, bytes);
    const names = (await host.list(folder)) ?? [];
    if (names.length <= most) return;
    const aged = await Promise.all(
      names.map(async (name) => ({name, changed: await changedAt(host, `${folder}/${name}`)})),
    );
    aged.sort((one, other) => other.changed - one.changed);
    for (const {name} of aged.slice(most)) await host.remove(`${folder}/${name}`);
  } catch {
    // A folder that cannot be written is no reason to stop: the next start takes as long as this one.
  }
}

/** A host that writes down which files and folders it was asked for, each as it was before. */
function watching(host: Host, seen: Map<string, number>): Host {
  const note = async (path: string): Promise<void> => {
    if (!seen.has(path)) seen.set(path, await changedAt(host, path));
  };
  const noting =
    <A>(act: (path: string) => Promise<A>) =>
    async (path: string): Promise<A> => {
      await note(path);
      return act(path);
    };
  return {
    ...host,
    readFile: noting((path) => host.readFile(path)),
    readBytes: noting((path) => host.readBytes(path)),
    list: noting((path) => host.list(path)),
    facts: noting((path) => host.facts(path)),
    readLink: noting((path) => host.readLink(path)),
    realPath: noting((path) => host.realPath(path)),
  };
}

/** When a file, or the one that a link leads to, changed last. */
async function changedAt(host: Host, path: string): Promise<number> {
  const facts = await host.facts(path);
  if (facts?.kind !== 'link') return facts?.changed ?? Number.NaN;
  const real = await host.realPath(path);
  const there = real === undefined ? undefined : await host.facts(real);
  // Both count; the later of them is not less than before.
  return there === undefined ? Number.NaN : Math.max(facts.changed, there.changed);
}

/** FNV-1a, twice: names of files need no more, and node:crypto takes as long to load as all else here takes. */
function shortHash(text: string): string {
  let [low, high] = [0x811c9dc5, 0xcbf29ce4];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x01000193) ^ low;
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
