// SPDX-License-Identifier: BSD-3-Clause

import {isAbsolute, join, relative} from 'node:path';
import type {Location, SourceText} from '../base/index.ts';
import type {Host} from '../host/index.ts';

/** The texts of the headers that are looked at, by absolute path. */
export interface Headers {
  readonly texts: ReadonlyMap<string, SourceText>;
  /** Where a function is first declared. */
  readonly prototypeOf: (name: string) => Location | undefined;
}

/** Reads every header that lies below the folders that are looked at. */
export async function readHeaders(host: Host, {own}: {readonly own: readonly string[]}): Promise<Headers> {
  const texts = new Map<string, SourceText>();
  for (const folder of own) {
    for (const file of await filesBelow(host, folder)) {
      const path = join(folder, file);
      const text = await host.readFile(path);
      if (text !== undefined) texts.set(path, {path: shownPath(host, path), text});
    }
  }
  const prototypes = new Map<string, Location>();
  for (const source of texts.values()) {
    const bare = withoutComments(source.text).replaceAll(directive, blank);
    for (const {1: name = '', index} of bare.matchAll(/\b([A-Za-z_]\w*)(?=\s*\()/g))
      if (!prototypes.has(name)) prototypes.set(name, {source, offset: index, length: name.length});
  }
  return {texts, prototypeOf: (name) => prototypes.get(name)};
}

const directive = /^[ \t]*#(?:.*\\\n)*.*$/gm;
const lineStarts = new WeakMap<SourceText, readonly number[]>();

/** A word on a line of one of the headers; undefined where the file is none of them. */
export function findWord(
  {texts}: Headers,
  {file, line, word}: {readonly file: string; readonly line: number; readonly word: string},
): Location | undefined {
  const source = texts.get(file);
  if (source === undefined) return undefined;
  const starts = startsOf(source);
  const offset = starts[line - 1] ?? 0;
  const text = source.text.slice(offset, starts[line] ?? source.text.length);
  const at = word === '' ? -1 : text.search(new RegExp(`\\b${word}\\b`));
  return {source, offset: offset + Math.max(at, 0), length: at === -1 ? text.trimEnd().length : word.length};
}

/** Where each line begins. */
function startsOf(source: SourceText): readonly number[] {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const starts = [0, ...[...source.text.matchAll(/\n/g)].map(({index}) => index + 1)];
  lineStarts.set(source, starts);
  return starts;
}

/** Functions that the headers define themselves. */
export function inlineFunctions({texts}: Headers): readonly string[] {
  return [...texts.values()].flatMap(({text}) => {
    const bare = withoutComments(text).replaceAll(directive, blank);
    return [...bare.matchAll(/\binline\b[^;{}]*?\b([A-Za-z_]\w*)\s*\(/g)].flatMap(([, name]) => name ?? []);
  });
}

/** The same text, with blanks for comments. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, blank);
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

async function filesBelow(host: Host, folder: string, under = ''): Promise<readonly string[]> {
  if (under.split('/').length > 8) return [];
  const names = (await host.list(join(folder, under))) ?? [];
  const found = await Promise.all(
    names.map(async (name) => {
      const path = under === '' ? name : `${under}/${name}`;
      return /\.\w+$/.test(name) ? [path] : filesBelow(host, folder, path);
    }),
  );
  return found.flat().filter((path) => /\.(h|inc|def)$/.test(path));
}

function shownPath(host: Host, path: string): string {
  const shown = relative(host.cwd, path);
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown;
}
