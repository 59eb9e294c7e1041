// SPDX-License-Identifier: BSD-3-Clause

import {isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq} from 'yaml';
import {insertInto} from './edit-insert.ts';
import {takeItem} from './edit-take.ts';
import {commentsIn, lineBreak, lineStart, splice} from './edit-text.ts';
import {colonEnd, extentOf, isBlock, isEmpty, keyName, nodeAt, type Path, pairOf, rootOf} from './edit-tree.ts';
import {type Context, isList, type Plain, says, writeEntry, writeValue} from './edit-value.ts';

/** Keys in the order in which they are written. */
type Order = readonly string[];

/** The text with a value at the end of a path of keys, which are made where they are missing. */
export function put(text: string, path: readonly string[], value: Plain, order: Order): string {
  const root = rootOf(text);
  if (root === undefined) return text;
  if (root === 'nothing') return withFirst(text, nested(path, value));
  let map: YAMLMap = root;
  for (const [depth, key] of path.entries()) {
    const rest = path.slice(depth + 1);
    const pair = pairOf(map, key);
    const context = map.flow === true ? 'flow' : 'block';
    if (pair === undefined) {
      const entry = writeEntry(key, nested(rest, value), context);
      return insertInto(text, map, {index: placeFor(key, map, depth === 0 ? order : []), entry});
    }
    if (rest.length > 0 && isMap(pair.value)) map = pair.value;
    else return putValue(text, {pair, path: path.slice(0, depth + 1)}, {value: nested(rest, value), context});
  }
  return text;
}

/** The text with another item in the place of one of a list. */
export function putItem(text: string, list: YAMLSeq, {index, value}: {index: number; value: Plain}): string {
  const item: unknown = list.items[index];
  const {start, end} = extentOf(item, text);
  return splice(text, [{start, end, by: writeValue(value, list.flow === true ? 'flow' : 'block', item)}]);
}

/** `[a, b]` and a value are `{a: {b: value}}`. */
function nested(path: readonly string[], value: Plain): Plain {
  return path.reduceRight<Plain>((inner, key) => ({[key]: inner}), value);
}

/** An entry in a document that has none. */
function withFirst(text: string, value: Plain): string {
  const [[key, inner] = ['', '']] = typeof value === 'object' ? Object.entries(value) : [];
  const before = text === '' || text.endsWith('\n') ? text : `${text}${lineBreak(text)}`;
  return `${before}${writeEntry(key, inner, 'block')}${lineBreak(text)}`;
}

/** Behind the last of the entries that usually stand before it. */
function placeFor(key: string, map: YAMLMap, order: Order): number {
  const rank = order.indexOf(key);
  const earlier = map.items.findLastIndex((pair) => {
    const other = order.indexOf(keyName(pair));
    return other !== -1 && other < rank;
  });
  return earlier === -1 ? map.items.length : earlier + 1;
}

function putValue(
  text: string,
  {pair, path}: {pair: Pair; path: Path},
  {value, context}: {value: Plain; context: Context},
): string {
  const old = pair.value;
  if (says(old, value)) return text;
  if (isSeq(old) && isList(value) && old.items.length > 0 && value.length > 0) return putList(text, path, value);
  const at = colonEnd(pair, text);
  const colon = text.slice(0, at).endsWith(':') ? '' : ':';
  if (isEmpty(old)) return splice(text, [{start: at, end: at, by: `${colon} ${writeValue(value, context)}`}]);
  const span = extentOf(old, text);
  const start = isBlock(old) ? at : span.start;
  const indent = ' '.repeat(extentOf(pair, text).start - lineStart(text, extentOf(pair, text).start) + 2);
  const comments = commentsIn(text, {start, end: span.end});
  const written = `${isBlock(old) ? ' ' : ''}${writeValue(value, context, old)}`;
  // What comes behind the value in its line comes behind the last comment then: as a line of its own.
  const by = isBlock(old)
    ? `${written}${comments.map((comment) => `${lineBreak(text)}${indent}${comment}`).join('')}`
    : `${written}${comments.map((comment) => ` ${comment}${lineBreak(text)}${indent}`).join('')}`;
  return splice(text, [{start, end: span.end, by}]);
}

/** Item by item, so that the lines and comments of those that stay are left alone. */
function putList(text: string, path: Path, values: readonly Plain[]): string {
  const list = nodeAt(text, path);
  if (!isSeq(list)) return text;
  const {start, end} = extentOf(list, text);
  const isOneLine = list.flow === true && !text.slice(start, end).includes('\n');
  if (isOneLine) return splice(text, [{start, end, by: writeValue(values, 'flow')}]);
  const steps = merge(
    list.items.map((item) => (isScalar(item) ? item.value : item)),
    values,
  );
  let result = text;
  for (const [index, step] of steps.entries()) {
    const now = nodeAt(result, path);
    if (step.kind !== 'add' || !isSeq(now)) continue;
    const entry = writeValue(step.value, now.flow === true ? 'flow' : 'block');
    result = insertInto(result, now, {index, entry});
  }
  for (const [index, step] of [...steps.entries()].reverse()) {
    const now = nodeAt(result, path);
    if (step.kind === 'drop' && isSeq(now)) result = takeItem(result, now, index);
  }
  return result;
}

type Step = {readonly kind: 'keep' | 'drop'} | {readonly kind: 'add'; readonly value: Plain};

/** The shortest way from one list to another. */
function merge(before: readonly unknown[], after: readonly Plain[]): readonly Step[] {
  const [was, ...wasRest] = before;
  const [is, ...isRest] = after;
  if (is === undefined) return before.map(() => ({kind: 'drop'}));
  if (before.length === 0) return after.map((value) => ({kind: 'add', value}));
  if (was === is) return [{kind: 'keep'}, ...merge(wasRest, isRest)];
  if (!after.some((value) => value === was)) return [{kind: 'drop'}, ...merge(wasRest, after)];
  return [{kind: 'add', value: is}, ...merge(before, isRest)];
}
