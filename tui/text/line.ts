// SPDX-License-Identifier: BSD-3-Clause

import widthOf from '../terminal/columns.ts';

export {widthOf};

/** How a piece of text is meant; the terminal's abilities say how it looks. */
export type Tone = 'cursor' | 'plain' | 'strong' | 'dim' | 'accent' | 'good' | 'bad' | 'warn';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** A line of the screen. */
export type Line = readonly Span[];

export function span(text: string, tone: Tone = 'plain'): Span {
  return {text, tone};
}

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** A text in at most so many columns, with an ellipsis where something is left out. */
export function cut(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (widthOf(text) <= columns) return text;
  let taken = '';
  let width = 0;
  for (const {segment} of segmenter.segment(text)) {
    const more = widthOf(segment);
    if (width + more > columns - 1) break;
    taken += segment;
    width += more;
  }
  return `${taken.trimEnd()}…`;
}

/** A text in exactly so many columns. */
export function padTo(text: string, columns: number): string {
  const shown = cut(text, columns);
  return shown + ' '.repeat(Math.max(0, columns - widthOf(shown)));
}

/** A text in lines of at most so many columns, broken at blanks; a word that is longer is broken within. */
export function wrapText(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const both = line === '' ? word : `${line} ${word}`;
    if (widthOf(both) <= columns) {
      line = both;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > columns) {
      const {head, rest} = broken(line, columns);
      lines.push(head);
      line = rest;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function broken(word: string, columns: number): {readonly head: string; readonly rest: string} {
  let head = '';
  for (const {segment} of segmenter.segment(word)) {
    if (head !== '' && widthOf(head + segment) > columns) break;
    head += segment;
  }
  return {head, rest: word.slice(head.length)};
}

/** Text as wrapped lines of one tone; all but the first are indented. */
export function paragraph(
  text: string,
  {columns, tone = 'plain', lead = '', indent = ''}: {columns: number; tone?: Tone; lead?: string; indent?: string},
): readonly Line[] {
  const room = Math.max(8, columns - widthOf(indent || lead));
  return wrapText(text, room).map((line, index) => [
    ...(index === 0 ? (lead === '' ? [] : [span(lead, 'dim')]) : indent === '' ? [] : [span(indent)]),
    span(line, tone),
  ]);
}
