// SPDX-License-Identifier: BSD-3-Clause

import {isMap, isNode, isScalar, isSeq, type Pair, parseDocument, Scalar, type YAMLMap, type YAMLSeq} from 'yaml';
import type {Span} from './edit-text.ts';

export type Collection = YAMLMap | YAMLSeq;

/** A step down from the root: a key of a map, or the place in a list. */
export type Path = readonly (string | number)[];

/** The document's map; 'nothing' when it is empty, undefined when it is something else or not YAML. */
export function rootOf(text: string): YAMLMap | 'nothing' | undefined {
  const document = parseDocument(text, {uniqueKeys: false, logLevel: 'silent'});
  if (document.errors.length > 0) return undefined;
  if (isMap(document.contents)) return document.contents;
  return document.contents === null || spanOf(document.contents, 0).end === spanOf(document.contents, 0).start
    ? 'nothing'
    : undefined;
}

/** What stands at the end of a path. */
export function nodeAt(text: string, path: Path): unknown {
  const root = rootOf(text);
  return path.reduce<unknown>((node, step) => (isMap(node) || isSeq(node) ? child(node, step) : undefined), root);
}

function child(node: Collection, step: string | number): unknown {
  if (isSeq(node)) return typeof step === 'number' ? node.items[step] : undefined;
  return pairOf(node, step)?.value;
}

export function pairOf(map: YAMLMap, key: string | number): Pair | undefined {
  return map.items.find((pair) => keyName(pair) === String(key));
}

export function keyName({key}: Pair): string {
  return isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : '';
}

/** From the first to the last character of an entry or an item, without comments behind it. */
export function extentOf(entry: unknown, text: string): Span {
  if (isPair(entry)) {
    const start = spanOf(entry.key, 0).start;
    const {end} = isEmpty(entry.value) ? {end: colonEnd(entry, text)} : extentOf(entry.value, text);
    return {start, end};
  }
  const {start, end} = spanOf(entry, 0);
  if ((isMap(entry) || isSeq(entry)) && entry.flow !== true) {
    const last: unknown = entry.items.at(-1);
    return last === undefined ? {start, end} : {start, end: extentOf(last, text).end};
  }
  if (isBlockText(entry)) return {start, end: end - (/\r?\n$/.exec(text.slice(start, end))?.[0].length ?? 0)};
  return {start, end};
}

/** Behind the colon of an entry; where there is none, behind its key. */
export function colonEnd({key}: Pair, text: string): number {
  const {end} = spanOf(key, 0);
  return end + (/^[ \t]*:/.exec(text.slice(end))?.[0].length ?? 0);
}

/** `key:` with nothing behind it. */
export function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || (isScalar(value) && value.value === null && (value.source ?? '') === '')
  );
}

export function isBlockText(value: unknown): boolean {
  return isScalar(value) && (value.type === Scalar.BLOCK_LITERAL || value.type === Scalar.BLOCK_FOLDED);
}

/** Written over lines, without brackets, braces or quotes. */
export function isBlock(value: unknown): boolean {
  return ((isMap(value) || isSeq(value)) && value.flow !== true) || isBlockText(value);
}

function isPair(entry: unknown): entry is Pair {
  return typeof entry === 'object' && entry !== null && 'key' in entry && !isNode(entry);
}

function spanOf(node: unknown, otherwise: number): Span {
  const [start, end] = (isNode(node) ? node.range : undefined) ?? [otherwise, otherwise];
  return {start, end};
}
