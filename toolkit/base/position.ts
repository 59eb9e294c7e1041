// SPDX-License-Identifier: BSD-3-Clause

import type {Location, SourceText} from './location.ts';

/** A place as people count: lines and columns from 1, columns in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a location begins. */
export function startOf(at: Location): Position {
  return positionIn(at.source, at.offset);
}

/** Just after where it ends. */
export function endOf(at: Location): Position {
  return positionIn(at.source, at.offset + at.length);
}

/** `Kraftfile:7:3`. */
export function printPlace(at: Location): string {
  const {line, column} = startOf(at);
  return `${at.source.path}:${line}:${column}`;
}

/** The text that a location covers. */
export function textAt(at: Location): string {
  return at.source.text.slice(at.offset, at.offset + at.length);
}

/** The whole line in which an offset lies, without its ending, and where it begins. */
export function lineAround(source: SourceText, offset: number): {readonly text: string; readonly offset: number} {
  const start = source.text.lastIndexOf('\n', offset - 1) + 1;
  const end = source.text.indexOf('\n', start);
  const text = source.text.slice(start, end === -1 ? undefined : end);
  return {text: text.endsWith('\r') ? text.slice(0, -1) : text, offset: start};
}

function positionIn(source: SourceText, offset: number): Position {
  // Editors may begin a file with a byte order mark, which nobody sees or counts.
  const before = source.text.slice(0, offset).replace('\ufeff', '');
  const lineStart = before.lastIndexOf('\n') + 1;
  return {line: before.split('\n').length, column: [...before.slice(lineStart)].length + 1};
}
