// SPDX-License-Identifier: BSD-3-Clause

/** A word of the user's in a message, cut when long: `"libaries"`. */
export function quote(text: string): string {
  const line = text.replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return line.length > 60 ? `"${line.slice(0, 57)}…"` : `"${line}"`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listing(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** `12,345`: a count for a reader. toLocaleString would load the locales first, which takes longer than a build that has nothing to do. */
export function printCount(count: number): string {
  return `${count}`.replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** What can be chosen, as in `Expected …`: `"a"`, `a or b`, `one of a, b or c`. */
export function alternatives(words: readonly string[]): string {
  if (words.length === 1) return quote(words[0] ?? '');
  return words.length === 2 ? listing(words, 'or') : `one of ${listing(words, 'or')}`;
}
