// SPDX-License-Identifier: BSD-3-Clause

import {Lexer} from 'yaml';

/** A part of a text: from one offset up to another. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The text with other words in the place of some parts of it, which do not overlap. */
export function splice(text: string, parts: readonly (Span & {readonly by: string})[]): string {
  // From the back, so that what is to come stays where it is; what is written in one place, in the order given.
  return [...parts]
    .reverse()
    .sort((a, b) => b.start - a.start)
    .reduce((sum, {start, end, by}) => `${sum.slice(0, start)}${by}${sum.slice(end)}`, text);
}

/** Where the line begins that an offset is in; behind a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** Where the line ends, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the next line begins. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** How the lines of a text end. */
export function lineBreak(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks before something; undefined where other things stand before it in its line. */
export function indentOf(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** The comments that begin in a part of a text. */
export function commentsIn(text: string, span: Span): readonly string[] {
  const found: string[] = [];
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    // Marks of the lexer's own: a document, the end of what is in braces, and that a scalar follows.
    if (lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f') {
      isScalar = lexeme === '\u001f';
      continue;
    }
    if (!isScalar && lexeme.startsWith('#') && offset >= span.start && offset < span.end) found.push(lexeme);
    isScalar = false;
    offset += lexeme.length;
  }
  return found;
}

/** Where the next comma stands, over blanks and comments; undefined where something else comes first. */
export function commaAfter(text: string, offset: number): number | undefined {
  const between = /^(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\n]*)*/.exec(text.slice(offset))?.[0] ?? '';
  return text[offset + between.length] === ',' ? offset + between.length : undefined;
}
