// SPDX-License-Identifier: BSD-3-Clause

import type {Located} from '../location.ts';
import {quote} from '../words.ts';
import type {Node} from './node.ts';
import type {WordRule} from './scalars.ts';
import type {Page, Shape} from './shape.ts';

/** Values of one shape, in an order. */
export function list<T>(item: Shape<T>, expects: string): Shape<readonly Located<T>[]> {
  return {
    expects,
    accepts: ['list'],
    schema: {type: 'array', items: item.schema},
    content: {kind: 'list', item},
    check(node, page) {
      if (node.kind !== 'list') return page.mismatch(node, expects, inBrackets(node));
      const items = node.items.map((each) => item.check(each, page));
      return {value: items.filter((each) => each !== undefined), at: page.at(node)};
    },
  };
}

/** A list in which nothing is said twice. */
export function listOfDistinct<T>(
  item: Shape<T>,
  expects: string,
  key: (value: T) => string = String,
): Shape<readonly Located<T>[]> {
  const plain = list(item, expects);
  return {
    ...plain,
    schema: {...plain.schema, uniqueItems: true},
    check(node, page) {
      const located = plain.check(node, page);
      if (located !== undefined) reportRepeated(located.value, key, page);
      return located;
    },
  };
}

/** A list, for which one value alone may be written. */
export function oneOrMore<T>(item: Shape<T>, many: Shape<readonly Located<T>[]>): Shape<readonly Located<T>[]> {
  const expects = `${item.expects} or ${many.expects}`;
  return {
    expects,
    accepts: [...item.accepts, 'list'],
    schema: {anyOf: [item.schema, many.schema]},
    content: many.content,
    check(node, page) {
      if (node.kind === 'list') return many.check(node, page);
      if (!item.accepts.includes(node.kind)) return page.mismatch(node, expects);
      const only = item.check(node, page);
      return only && {value: [only], at: only.at};
    },
  };
}

/** A row of a map. */
export interface MapRow<N, V> {
  readonly name: Located<N>;
  readonly value: Located<V>;
}

/** Names that the user chooses, and a value for each, in the order written. */
export function map<N, V>(name: WordRule<N>, value: Shape<V>, expects: string): Shape<readonly MapRow<N, V>[]> {
  const fits = new RegExp(name.pattern, 'u');
  return {
    expects,
    accepts: ['map'],
    schema: {type: 'object', propertyNames: {pattern: name.pattern}, additionalProperties: value.schema},
    content: {kind: 'map', name: name.expects, value},
    check(node, page) {
      if (node.kind !== 'map')
        return page.mismatch(
          node,
          expects,
          node.kind === 'list' ? 'A map is written NAME: VALUE, or {NAME: VALUE}.' : undefined,
        );
      const rows = node.entries.map((entry): MapRow<N, V> | undefined => {
        const at = page.at(entry.key);
        const checked = value.check(entry.value, page);
        if (fits.test(entry.key.name)) return checked && {name: {value: name.make(entry.key.name), at}, value: checked};
        const help = name.help?.(entry.key.name);
        return page.error(
          at,
          `Expected ${name.expects}, but was ${quote(entry.key.name)}.`,
          help === undefined ? {} : {help},
        );
      });
      return {value: rows.filter((row) => row !== undefined), at: page.at(node)};
    },
  };
}

/** One value where a list of them is meant. */
function inBrackets(node: Node): string | undefined {
  return 'written' in node ? `A list is written in brackets: [${node.written}]` : undefined;
}

function reportRepeated<T>(items: readonly Located<T>[], key: (value: T) => string, page: Page): void {
  const first = new Map<string, Located<T>>();
  for (const item of items) {
    const before = first.get(key(item.value));
    if (before === undefined) first.set(key(item.value), item);
    else
      page.error(item.at, `${quote(key(item.value))} is already in this list.`, {
        notes: [{message: 'It was written first here.', at: before.at}],
      });
  }
}
