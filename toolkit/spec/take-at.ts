// SPDX-License-Identifier: BSD-3-Clause

import {isMap, isSeq} from 'yaml';
import {take} from './edit-take.ts';
import {extentOf, keyName, type Path, rootOf} from './edit-tree.ts';

/** A Kraftfile without one of its entries. */
export interface Taken {
  /** The keys that lead to it, as in `libraries.x.options`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The text without what stands at a place: without the innermost entry there, without the one around that, and so on.
 * Where the text is no YAML, without the line.
 */
export function takeAt(text: string, offset: number): readonly Taken[] {
  const root = rootOf(text);
  if (root === undefined || root === 'nothing') return [withoutLine(text, offset)];
  const paths: Path[] = [];
  let node: unknown = root;
  let path: Path = [];
  while (isMap(node) || isSeq(node)) {
    const items: readonly unknown[] = node.items;
    const index = items.findIndex((item) => {
      const {start, end} = extentOf(item, text);
      return start <= offset && offset <= end;
    });
    if (index === -1) break;
    const pair = isMap(node) ? node.items[index] : undefined;
    path = [...path, pair === undefined ? index : keyName(pair)];
    paths.unshift(path);
    node = pair === undefined ? items[index] : pair.value;
  }
  return paths.map((way) => ({name: way.join('.'), text: take(text, way)}));
}

function withoutLine(text: string, offset: number): Taken {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  const end = next === -1 ? text.length : next + 1;
  return {name: text.slice(start, end).trim(), text: text.slice(0, start) + text.slice(end)};
}
