// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';

/**
 * The files of `src/` that count for an arch: `src/<arch>/x.c` or `.S` replaces `src/x.c`, or adds to it; what
 * lies under another arch's name is left out. Sorted.
 */
export function ownFiles(
  files: readonly string[],
  {arch, arches}: {arch: LibName; arches: readonly LibName[]},
): readonly string[] {
  const others = new Set<string>(arches.filter((name) => name !== arch));
  const mine = files.filter((file) => !others.has(archFolder(file) ?? ''));
  const replaced = new Set(
    mine.filter((file) => archFolder(file) === arch).map((file) => stem(file.replace(`src/${arch}/`, 'src/'))),
  );
  return mine.filter((file) => archFolder(file) === arch || !replaced.has(stem(file))).sort();
}

/** The name after `src/`, where it is a folder. */
function archFolder(file: string): string | undefined {
  return /^src\/([^/]+)\//.exec(file)?.[1];
}

function stem(file: string): string {
  return file.replace(/\.[^./]+$/, '');
}
