// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from './diagnostic.ts';
import type {Location} from './location.ts';
import {lineAround, printPlace, startOf} from './position.ts';

/** Whether the text goes to a terminal that shows colours. */
export type Colour = 'plain' | 'colour';

/**
 * A diagnostic as a person reads it, without a final line end:
 *
 *     Kraftfile:7:1: error: Unknown key "libaries".
 *       7 | libaries:
 *         | ~~~~~~~~
 *       help: Did you mean "libraries"?
 */
export function printDiagnostic(diagnostic: Diagnostic, colour: Colour = 'plain'): string {
  const paint = painter(colour);
  const hue = diagnostic.severity === 'error' ? 'red' : 'yellow';
  const place = diagnostic.at === undefined ? '' : `${paint('bold', printPlace(diagnostic.at))}: `;
  const lines = [`${place}${paint(hue, diagnostic.severity)}: ${diagnostic.message}`];
  if (diagnostic.at !== undefined) lines.push(...excerpt(diagnostic.at, (text) => paint(hue, text)));
  for (const note of diagnostic.notes ?? []) {
    const noteAt = note.at === undefined ? '' : ` (${printPlace(note.at)})`;
    lines.push(`  ${paint('blue', 'note')}: ${note.message}${noteAt}`);
    if (note.at !== undefined) lines.push(...excerpt(note.at, (text) => paint('blue', text)));
  }
  if (diagnostic.help !== undefined) lines.push(`  ${paint('green', 'help')}: ${diagnostic.help}`);
  return lines.join('\n');
}

/** Several, with an empty line between, each only once, in the order of their places. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], colour: Colour = 'plain'): string {
  const texts = inOrder(diagnostics).map((diagnostic) => printDiagnostic(diagnostic, colour));
  return [...new Set(texts)].join('\n\n');
}

/** By file in the order of first mention, then by place; what has no place comes last. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const paths = [...new Set(diagnostics.map((diagnostic) => diagnostic.at?.source.path))];
  const rank = (diagnostic: Diagnostic): number =>
    diagnostic.at === undefined ? paths.length : paths.indexOf(diagnostic.at.source.path);
  return [...diagnostics].sort((a, b) => rank(a) - rank(b) || (a.at?.offset ?? 0) - (b.at?.offset ?? 0));
}

/** A longer line is shown in part. */
const widest = 110;

/** The first line that a location covers, and a squiggle under the part that is meant. */
function excerpt(at: Location, paint: (text: string) => string): readonly string[] {
  const line = lineAround(at.source, at.offset);
  const start = at.offset - line.offset;
  const covered = line.text.slice(start, Math.max(start, Math.min(line.text.length, start + at.length))).trimEnd();
  const {before, after} = crop(line.text.slice(0, start).replace('\ufeff', ''), line.text.slice(start));
  const number = String(startOf(at).line);
  const margin = ' '.repeat(number.length);
  const indent = before.replaceAll(/[^\t]/gu, ' ');
  const shownLength = Math.min([...covered].length, [...after].length);
  const squiggle = at.length === 0 ? '^' : '~'.repeat(Math.max(1, shownLength));
  return [`  ${number} | ${before}${after}`, `  ${margin} | ${indent}${paint(squiggle)}`];
}

/** A line around the place where its second part begins, with an ellipsis for what is left out. */
function crop(before: string, after: string): {readonly before: string; readonly after: string} {
  const left = [...before];
  const right = [...after];
  if (left.length + right.length <= widest) return {before, after};
  const keepLeft = Math.min(left.length, Math.max(widest / 2, widest - right.length));
  const shownLeft = keepLeft < left.length ? `…${left.slice(left.length - keepLeft + 1).join('')}` : before;
  const keepRight = widest - keepLeft;
  return {before: shownLeft, after: right.length > keepRight ? `${right.slice(0, keepRight - 1).join('')}…` : after};
}

const codes = {bold: [1, 22], red: [31, 39], yellow: [33, 39], green: [32, 39], blue: [34, 39]} as const;

function painter(colour: Colour): (style: keyof typeof codes, text: string) => string {
  if (colour === 'plain') return (_style, text) => text;
  return (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`;
}
