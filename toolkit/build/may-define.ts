// SPDX-License-Identifier: BSD-3-Clause

import {dirname, join} from 'node:path';
import type {Host} from '../host/index.ts';
import type {CompileAction} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';
import {type Include, type Mentions, mentions} from './mentions.ts';

/** How many files are open at a time. */
const atOnce = 64;

/**
 * Symbol → the objects that may define it, in the plan's order, by what their sources and the headers of those say.
 * It says too many rather than too few, but nothing of names that macros put together.
 */
export async function mayDefine(
  host: Host,
  {members, paths}: {members: readonly CompileAction[]; paths: BuildPaths},
): Promise<ReadonlyMap<string, readonly string[]>> {
  const reader = sourceReader(host);
  const found = new Map<string, string[]>();
  for (let from = 0; from < members.length; from += atOnce) {
    const some = members.slice(from, from + atOnce);
    const names = await Promise.all(some.map((one) => namesOf(one, {reader, paths})));
    for (const [index, {output}] of some.entries()) {
      for (const name of names[index] ?? []) {
        const before = found.get(name);
        if (before === undefined) found.set(name, [output]);
        else before.push(output);
      }
    }
  }
  return found;
}

type Reader = (path: string, language?: 'c' | 'assembly') => Promise<Mentions | undefined>;

/** Each file once. */
function sourceReader(host: Host): Reader {
  const known = new Map<string, Promise<Mentions | undefined>>();
  const read = async (path: string, language: 'c' | 'assembly'): Promise<Mentions | undefined> => {
    const text = await host.readFile(path);
    return text === undefined ? undefined : mentions(text, language);
  };
  return (path, language = 'c') => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const now = read(path, language);
    known.set(path, now);
    return now;
  };
}

async function namesOf(
  {input, include, language}: CompileAction,
  {reader, paths}: {reader: Reader; paths: BuildPaths},
): Promise<ReadonlySet<string>> {
  const folders = include.map(paths.absolute);
  const start = paths.absolute(input);
  const files = new Map<string, Mentions>();
  const visit = async (path: string, as?: 'c' | 'assembly'): Promise<boolean> => {
    if (files.has(path)) return true;
    const found = await reader(path, as);
    if (found === undefined) return false;
    files.set(path, found);
    for (const one of found.includes) await follow(one, dirname(path));
    return true;
  };
  const follow = async ({file, from}: Include, own: string): Promise<void> => {
    for (const folder of from === 'quotes' ? [own, ...folders] : folders) {
      if ((await visit(join(folder, file))) && from !== 'next') return;
    }
  };
  await visit(start, language === 'assembly' ? 'assembly' : 'c');
  return expanded(start, files);
}

/** The names of a file and of what it includes besides headers, with what macros make of them. */
function expanded(start: string, files: ReadonlyMap<string, Mentions>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [path, found] of files) {
    if (path === start || !path.endsWith('.h')) for (const name of found.names) names.add(name);
  }
  // A set grows while it is walked, and the walk comes by what was added.
  for (const name of names) {
    for (const {macros} of files.values()) for (const inner of macros.get(name) ?? []) names.add(inner);
  }
  return names;
}
