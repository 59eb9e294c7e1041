// SPDX-License-Identifier: BSD-3-Clause

import type {Location, SourceText} from '../location.ts';
import {quote} from '../words.ts';

/** A range of characters. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** A key as written. */
export interface KeyNode extends Extent {
  readonly name: string;
}

/** A value of a YAML document, and the range of characters that it covers. */
export type Node = Extent &
  (
    | {readonly kind: 'string'; readonly value: string; readonly written: string}
    | {readonly kind: 'number'; readonly value: number; readonly written: string}
    | {readonly kind: 'boolean'; readonly value: boolean; readonly written: string}
    | {readonly kind: 'nothing'}
    /** What a mistake was already reported for: nothing more is said about it. */
    | {readonly kind: 'mistake'}
    | {readonly kind: 'list'; readonly items: readonly Node[]}
    | {
        readonly kind: 'map';
        readonly entries: readonly {readonly key: KeyNode; readonly value: Node}[];
        /** Where to say what is missing: the key that the map belongs to, or its beginning. */
        readonly place: Extent;
      }
  );

export type NodeKind = Node['kind'];

/** Where a node or a key stands. */
export function locate(source: SourceText, {offset, length}: Extent): Location {
  return {source, offset, length};
}

/** A node in a message: `the number 5`, `a list`. */
export function describeNode(node: Node): string {
  switch (node.kind) {
    case 'string':
      return quote(node.value);
    case 'number':
      return `the number ${node.written}`;
    case 'boolean':
      return node.written;
    case 'nothing':
    case 'mistake':
      return 'nothing';
    case 'list':
      return 'a list';
    case 'map':
      return 'a map';
  }
}
