// SPDX-License-Identifier: BSD-3-Clause

import stringWidth from 'string-width';

/**
 * Columns that a text takes on a terminal: two for wide characters, none for combining ones and escape sequences. What
 * is narrow for certain is only counted: string-width compiles an expression of all emoji before it looks at the first
 * character beyond ASCII, which takes longer than the first frame otherwise does. The bundle gives this to Ink as well.
 */
// biome-ignore lint/style/noDefaultExport: as the package has it, whose place this takes
export default function columnsOf(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text);
}

/** Each character takes one column whatever is next to it: those below, of which none joins with others (Unicode 16, UAX 11, 29). */
function isNarrow(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code <= 0x7e) continue;
    if (!narrow.some(([first, last]) => code >= first && code <= last)) return false;
  }
  return true;
}

/** Letters of Europe, dashes and quotes, arrows and signs of mathematics, box drawing, private use. */
export const narrow: readonly (readonly [first: number, last: number])[] = [
  [0xa1, 0xac],
  [0xae, 0x2ff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2190, 0x22ff],
  [0x2500, 0x25fc],
  [0xe000, 0xf8ff],
];
