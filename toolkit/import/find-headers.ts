// SPDX-License-Identifier: BSD-3-Clause

import {posix} from 'node:path';

/** The folder of an archive in which a header lies under the name that an `#include` has; the likeliest of several. */
export function folderOf(header: string, files: readonly string[]): string | undefined {
  const homes = files
    .filter((file) => file === header || file.endsWith(`/${header}`))
    .map((file) => file.slice(0, file.length - header.length).replace(/\/$/, '') || '.');
  const unlikely = (folder: string): number =>
    /(?:^|\/)(?:tests?|examples?|contrib|win32|msvc)(?:\/|$)/i.test(folder) ? 1 : 0;
  return homes.sort(
    (one, other) => unlikely(one) - unlikely(other) || depth(one) - depth(other) || (one < other ? -1 : 1),
  )[0];
}

function depth(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length;
}

/** What of an archive its users are to include: a whole folder, or single headers. */
export type PublicHeaders =
  | {readonly kind: 'folder'; readonly folder: string; readonly headers: readonly string[]}
  /** By the names that users write; each lies where `from` says. */
  | {readonly kind: 'files'; readonly headers: readonly {readonly name: string; readonly from: string}[]};

/**
 * Finds the headers that are meant for others: those below `include/`, those that a build file installs, the one that is
 * called as the library is; else all that lie beside the code. What these include comes with them.
 */
export function publicHeaders(
  name: string,
  {
    files,
    texts,
    compiled,
  }: {
    readonly files: readonly string[];
    readonly texts: ReadonlyMap<string, string>;
    readonly compiled: readonly string[];
  },
): PublicHeaders {
  const headers = files.filter((file) => /\.(?:h|hpp|hh)$/.test(file));
  const within = headers.filter((file) => file.startsWith('include/'));
  if (within.length > 0)
    return {kind: 'folder', folder: 'include', headers: within.map((file) => file.slice('include/'.length))};
  const folders = new Set(compiled.map((file) => posix.dirname(file)));
  const beside = headers.filter((file) => folders.has(posix.dirname(file)));
  const installed = new Set(
    installedNames(
      files.filter((file) => !file.includes('/') || folders.has(posix.dirname(file))),
      texts,
    ),
  );
  const written = beside.filter((file) => installed.has(posix.basename(file)));
  const called = beside.filter((file) => alike(posix.basename(file), name));
  const internal = /(?:^|[-_])(?:internal|private|priv|int|impl|config)(?:[-_.]|$)|_p\.h$/i;
  const first = [written, called, beside.filter((file) => !internal.test(posix.basename(file)))].find(
    (list) => list.length > 0,
  );
  const chosen = withIncluded(first ?? [], {beside, texts});
  return {kind: 'files', headers: chosen.map((from) => ({name: posix.basename(from), from}))};
}

/** Of CMake, automake or make, not deep in the archive. */
export function isBuildFile(file: string): boolean {
  return /^(?:[^/]+\/){0,2}(?:CMakeLists\.txt|Makefile(?:\.am|\.in)?)$/.test(file);
}

/** Headers that a build file names where it installs: CMake's install(FILES …), automake's include_HEADERS, `*_PUBLIC_HDRS`, `$(INSTALL_DATA)`. */
function installedNames(files: readonly string[], texts: ReadonlyMap<string, string>): readonly string[] {
  const builds = files.filter(isBuildFile);
  const marks =
    /(?:install\s*\(\s*FILES|include_HEADERS\s*\+?=|PUBLIC_HE?A?DE?RS?\b|set\s*\(\s*\w*_HEADERS\b)([^)]*?)(?:\)|DESTINATION|\n\S)/gis;
  // $(INSTALL_DATA) name.h $(DESTDIR)…, as Makefiles written by hand have it.
  const lines = /\$[({]INSTALL(?:_(?:DATA|FILES?|HEADERS?))?[)}]([^\n]*)/g;
  return builds.flatMap((file) => {
    const text = texts.get(file) ?? '';
    const lists = [...text.matchAll(marks), ...text.matchAll(lines)].map(([, list = '']) => list);
    return lists.flatMap((list) => [...list.matchAll(/([\w-]+\.h)\b/g)].flatMap(([, name]) => name ?? []));
  });
}

function alike(file: string, name: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const [one, other] = [plain(file.replace(/\.\w+$/, '')), plain(name)];
  return one === other || `lib${one}` === other || one === `lib${other}`;
}

function withIncluded(
  first: readonly string[],
  {beside, texts}: {readonly beside: readonly string[]; readonly texts: ReadonlyMap<string, string>},
): readonly string[] {
  const seen = new Set<string>();
  const queue = [...first];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, name = ''] of (texts.get(file) ?? '').matchAll(/^\s*#\s*include\s*["<]([^">]+)[">]/gm)) {
      const next = beside.find((one) => one === posix.join(posix.dirname(file), name));
      if (next !== undefined) queue.push(next);
    }
  }
  return [...seen].sort();
}
