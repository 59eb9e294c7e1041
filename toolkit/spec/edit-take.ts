// SPDX-License-Identifier: BSD-3-Clause

import {isMap, isScalar, isSeq} from 'yaml';
import {
  commaAfter,
  commentsIn,
  indentOf,
  lineBreak,
  lineEnd,
  lineStart,
  nextLine,
  type Span,
  splice,
} from './edit-text.ts';
import {type Collection, extentOf, keyName, nodeAt, type Path} from './edit-tree.ts';

/**
 * The text without what is at the end of a path: an entry, or an item of a list by its place or its words. What is
 * then empty goes with it. Comments stay. Unchanged where there is no such thing.
 */
export function take(text: string, path: Path): string {
  const parent = path.slice(0, -1);
  const collection = nodeAt(text, parent);
  if (!isMap(collection) && !isSeq(collection)) return text;
  const index = indexOf(collection, path.at(-1) ?? '');
  if (index === -1) return text;
  if (collection.items.length === 1 && parent.length > 0) return take(text, parent);
  return takeItem(text, collection, index);
}

/** The text without one of several items or entries. */
export function takeItem(text: string, collection: Collection, index: number): string {
  const span = extentOf(collection.items[index], text);
  return collection.flow === true ? takeFromFlow(text, collection, index) : takeLines(text, span);
}

function indexOf(collection: Collection, step: string | number): number {
  if (isMap(collection)) return collection.items.findIndex((pair) => keyName(pair) === String(step));
  if (typeof step === 'number') return step < collection.items.length ? step : -1;
  return collection.items.findIndex((item) => isScalar(item) && String(item.value) === step);
}

/** Whole lines; the comments in them stay, each in a line of its own. */
function takeLines(text: string, {start, end}: Span): string {
  const from = lineStart(text, start);
  const to = nextLine(text, end);
  const indent = /^[ \t]*/.exec(text.slice(from))?.[0] ?? '';
  const kept = commentsIn(text, {start: from, end: to}).map((comment) => `${indent}${comment}`);
  const isEndless = to === text.length && !text.endsWith('\n');
  const by = kept.map((comment) => `${comment}${lineBreak(text)}`).join('');
  if (!isEndless) return splice(text, [{start: from, end: to, by}]);
  if (by !== '') return splice(text, [{start: from, end: to, by: by.trimEnd()}]);
  return text.slice(0, from).replace(/\r?\n$/, '');
}

function takeFromFlow(text: string, {items, range}: Collection, index: number): string {
  const closing = (range?.[1] ?? 0) - 1;
  const item = extentOf(items[index], text);
  const kept = commentsIn(text, item)
    .map((comment) => ` ${comment}${lineBreak(text)}`)
    .join('');
  const comma = commaAfter(text, item.end);
  const isOwnLine = (span: Span): boolean =>
    kept === '' && indentOf(text, span.start) !== undefined && lineEnd(text, span.end) === blanksAfter(text, span.end);
  if (comma !== undefined) {
    const isNear = text.slice(item.end, comma).trim() === '';
    if (!isNear)
      return splice(text, [
        {...item, by: kept},
        {start: comma, end: comma + 1, by: ''},
      ]);
    const whole = {start: item.start, end: comma + 1};
    if (isOwnLine(whole)) return withoutLine(text, whole);
    return splice(text, [{start: item.start, end: blanksAfter(text, comma + 1), by: kept}]);
  }
  const before = extentOf(items[index - 1], text).end;
  const previous = commaAfter(text, before) ?? before;
  if (text.slice(previous + 1, item.start).trim() === '' && lineEnd(text, item.end) > closing - 1 + kept.length)
    return splice(text, [{start: previous, end: item.end, by: kept}]);
  const commaGone = {start: previous, end: previous + 1, by: ''};
  if (isOwnLine(item) && lineEnd(text, item.end) < closing)
    return splice(text, [commaGone, {start: lineStart(text, item.start), end: nextLine(text, item.end), by: ''}]);
  return splice(text, [commaGone, {start: item.start, end: blanksAfter(text, item.end), by: kept}]);
}

function withoutLine(text: string, span: Span): string {
  return splice(text, [{start: lineStart(text, span.start), end: nextLine(text, span.end), by: ''}]);
}

function blanksAfter(text: string, offset: number): number {
  return offset + (/^[ \t]*/.exec(text.slice(offset))?.[0].length ?? 0);
}
