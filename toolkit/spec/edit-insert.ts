// SPDX-License-Identifier: BSD-3-Clause

import {isSeq} from 'yaml';
import {commaAfter, indentOf, lineBreak, lineEnd, lineStart, splice} from './edit-text.ts';
import {type Collection, extentOf} from './edit-tree.ts';

/** The text with one more entry or item in a list or map, before the one that is at `index` now. */
export function insertInto(text: string, collection: Collection, place: {index: number; entry: string}): string {
  if (collection.items.length === 0) return insertAlone(text, collection, place.entry);
  return collection.flow === true ? insertInFlow(text, collection, place) : insertLine(text, collection, place);
}

/** Brackets or braces with nothing in them, except perhaps a comment. */
function insertAlone(text: string, collection: Collection, entry: string): string {
  const {start, end} = extentOf(collection, text);
  const inside = text.slice(start + 1, end - 1);
  const replaced = inside.trim() === '' ? {start: start + 1, end: end - 1} : {start: start + 1, end: start + 1};
  return splice(text, [{...replaced, by: entry}]);
}

function insertLine(text: string, collection: Collection, {index, entry}: {index: number; entry: string}): string {
  const dash = isSeq(collection) ? '- ' : '';
  const first = extentOf(collection.items[0], text).start;
  const before = text.slice(lineStart(text, first), first);
  const indent = isSeq(collection) ? (/^[ \t]*/.exec(before)?.[0] ?? '') : before.replaceAll(/[^ \t]/g, ' ');
  const added = `${indent}${dash}${entry}`;
  const previous: unknown = collection.items[index - 1];
  if (previous === undefined) {
    const at = lineStart(text, first);
    return splice(text, [{start: at, end: at, by: `${added}${lineBreak(text)}`}]);
  }
  const at = behindDeeperComments(text, lineEnd(text, extentOf(previous, text).end), indent.length);
  return splice(text, [{start: at, end: at, by: `${lineBreak(text)}${added}`}]);
}

/** Comments that stand further in than the entries do belong to the entry above them. */
function behindDeeperComments(text: string, end: number, indent: number): number {
  const comments = new RegExp(`^(?:\\r?\\n[ \\t]{${indent + 1},}#[^\\r\\n]*)*`);
  return end + (comments.exec(text.slice(end))?.[0].length ?? 0);
}

function insertInFlow(
  text: string,
  {items, range}: Collection,
  {index, entry}: {index: number; entry: string},
): string {
  const closing = (range?.[1] ?? 0) - 1;
  const first = extentOf(items[0], text).start;
  if (index === 0) {
    const indent = indentOf(text, first);
    const by = indent === undefined ? `${entry}, ` : `${entry},${lineBreak(text)}${indent}`;
    return splice(text, [{start: first, end: first, by}]);
  }
  const previous = extentOf(items[index - 1], text);
  const comma = commaAfter(text, previous.end);
  const indent = indentOf(text, previous.start);
  const lineOver = lineEnd(text, comma ?? previous.end);
  if (indent === undefined || lineOver >= closing) {
    const between = indent === undefined ? ' ' : `${lineBreak(text)}${indent}`;
    if (comma === undefined) return splice(text, [{start: previous.end, end: previous.end, by: `,${between}${entry}`}]);
    return splice(text, [{start: comma + 1, end: comma + 1, by: `${between}${entry},`}]);
  }
  const ownComma = comma === undefined ? '' : ',';
  return splice(text, [
    ...(comma === undefined ? [{start: previous.end, end: previous.end, by: ','}] : []),
    {start: lineOver, end: lineOver, by: `${lineBreak(text)}${indent}${entry}${ownComma}`},
  ]);
}
