// SPDX-License-Identifier: BSD-3-Clause

/** What can be had where the library will live. */
export interface Surroundings {
  /** As `#include` names them. */
  readonly headers: ReadonlySet<string>;
  readonly symbols: ReadonlySet<string>;
}

/**
 * What a configure script would have found: `HAVE_UNISTD_H` where there is a <unistd.h>, `HAVE_SNPRINTF` where there is a
 * snprintf; for what the code asks about and does not define itself.
 */
export function findDefines(
  texts: Iterable<readonly [string, string]>,
  {headers, symbols}: Surroundings,
): readonly string[] {
  const asked = new Set<string>();
  const defined = new Set<string>();
  for (const [file, text] of texts) {
    if (!/\.(?:[chS]|cc|cpp|hpp)$/.test(file)) continue;
    for (const [line] of text.matchAll(/^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif)\b.*$/gm))
      for (const [word] of line.matchAll(/\bHAVE_[A-Z0-9_]+\b/g)) asked.add(word);
    for (const [, word = ''] of text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(HAVE_[A-Z0-9_]+)\b/gm)) defined.add(word);
  }
  return [...asked]
    .filter((word) => !defined.has(word) && isThere(word.slice('HAVE_'.length).toLowerCase(), {headers, symbols}))
    .sort()
    .map((word) => `-D${word}=1`);
}

function isThere(name: string, {headers, symbols}: Surroundings): boolean {
  if (!name.endsWith('_h')) return symbols.has(name);
  const stem = name.slice(0, -'_h'.length);
  return headers.has(`${stem}.h`) || headers.has(`${stem.replace('_', '/')}.h`);
}
