// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from '../diagnostic.ts';
import type {Located, Location, SourceText} from '../location.ts';
import type {JsonSchema} from './json-schema.ts';
import {describeNode, locate, type Node, type NodeKind} from './node.ts';

/**
 * What a value in a document may be: the checker, the reference and the JSON Schema come from this one thing.
 * A mistake is reported to the page, once, and the value is then undefined.
 */
export interface Shape<T> {
  /** As in `Expected …`: `a string`. */
  readonly expects: string;
  readonly accepts: readonly NodeKind[];
  check(node: Node, page: Page): Located<T> | undefined;
  readonly schema: JsonSchema;
  readonly content: Content;
}

/** What a shape is made of, for those who describe it. */
export type Content =
  | {readonly kind: 'scalar'}
  | {readonly kind: 'list'; readonly item: Shape<unknown>}
  | {readonly kind: 'map'; readonly name: string; readonly value: Shape<unknown>}
  | {readonly kind: 'record'; readonly keys: Readonly<Record<string, KeyFacts>>}
  | {readonly kind: 'ways'; readonly ways: readonly {readonly title?: string; readonly shape: Shape<unknown>}[]};

/** A row of a table of keys. */
export interface KeyFacts {
  readonly shape: Shape<unknown>;
  readonly required: boolean;
  /** A sentence for the reference, with its full stop. */
  readonly means: string;
  /** The value in YAML, on one line. */
  readonly example: string;
  /** What counts where the key is absent. */
  readonly otherwise?: string;
  /** Other names that mean the same. */
  readonly aliases?: readonly string[];
  /** What to write instead. The key still counts. */
  readonly deprecated?: string;
}

/** The document that is being checked, and what was wrong with it so far. */
export class Page {
  readonly source: SourceText;
  /** What becomes of a list, map or record with something wrong in it: nothing, or what is right in it. */
  readonly around: 'all or nothing' | 'what is right';
  readonly #found: Diagnostic[] = [];

  constructor(source: SourceText, around: 'all or nothing' | 'what is right' = 'all or nothing') {
    this.source = source;
    this.around = around;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#found;
  }

  get errorCount(): number {
    return this.#found.filter((found) => found.severity === 'error').length;
  }

  at(node: {readonly offset: number; readonly length: number}): Location {
    return locate(this.source, node);
  }

  error(at: Location, message: string, more: Omit<Diagnostic, 'severity' | 'message' | 'at'> = {}): undefined {
    this.#found.push({severity: 'error', message, at, ...more});
  }

  warning(at: Location, message: string, more: Omit<Diagnostic, 'severity' | 'message' | 'at'> = {}): undefined {
    this.#found.push({severity: 'warning', message, at, ...more});
  }

  /** `Expected X, but was Y.` Says nothing about what is a mistake already. */
  mismatch(node: Node, expects: string, help?: string): undefined {
    if (node.kind === 'mistake') return;
    const but = node.kind === 'nothing' ? 'there is nothing' : `was ${describeNode(node)}`;
    this.error(this.at(node), `Expected ${expects}, but ${but}.`, help === undefined ? {} : {help});
  }
}

/** The same document values, seen as something else: `see` reports what is wrong and returns undefined, or the value. */
export function derive<T, U>(
  shape: Shape<T>,
  see: (value: T, at: Location, page: Page) => U | undefined,
  schema: JsonSchema = shape.schema,
): Shape<U> {
  return {
    ...shape,
    schema,
    check(node, page) {
      const located = shape.check(node, page);
      if (located === undefined) return undefined;
      const value = see(located.value, located.at, page);
      return value === undefined ? undefined : {value, at: located.at};
    },
  };
}

/** The same, by another name in messages. */
export function named<T>(shape: Shape<T>, expects: string): Shape<T> {
  return {
    ...shape,
    expects,
    check: (node, page) => {
      if (shape.accepts.includes(node.kind)) return shape.check(node, page);
      return page.mismatch(node, expects);
    },
  };
}
