// SPDX-License-Identifier: BSD-3-Clause

import type {Location} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {BuildPaths} from './build-paths.ts';

/** Where a file first says a word, comments left out; undefined where it does not, as when a macro does. */
export async function locateWord(
  host: Host,
  {paths, path, word}: {paths: BuildPaths; path: string; word: string},
): Promise<Location | undefined> {
  const text = await host.readFile(paths.absolute(path));
  if (text === undefined) return undefined;
  const blanked = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => ' '.repeat(comment.length));
  const offset = blanked.search(new RegExp(`(?<![\\w$])${word.replace(/[$.]/g, '\\$&')}(?![\\w$])`));
  if (offset === -1) return undefined;
  return {source: {path: paths.shown(path), text}, offset, length: word.length};
}

/** The quoted or bracketed name of a header at a line and column of a file, both counted from 1. */
export async function locateHeader(
  host: Host,
  {paths, path, line, column}: {paths: BuildPaths; path: string; line: number; column: number},
): Promise<Location | undefined> {
  const text = await host.readFile(paths.absolute(path));
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  const length = /^(?:<[^>\n]*>|"[^"\n]*")/.exec(text.slice(start))?.[0].length ?? 0;
  return {source: {path: paths.shown(path), text}, offset: start, length};
}
