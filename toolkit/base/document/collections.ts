// SPDX-License-Identifier: BSD-3-Clause

import type {Located} from '../location.ts';
import {quote} from '../words.ts';
import type {Node} from './node.ts';
import type {WordRule} from './scalars.ts';
import type {Page, Shape} from './shape.ts';

/** Values of one shape, in an order. */
export function list<T>(item: Shape<T>, expects: string): Shape<readonly Located<T>[]> {
  return listThat(item, expects, () => undefined);
}

/** What makes two items of a list the same, and what to say about the second. */
export interface Sameness<T> {
  readonly key: (value: T) => string;
  readonly message: (key: string) => string;
}

/** A list in which nothing is said twice. */
export function listOfDistinct<T>(
  item: Shape<T>,
  expects: string,
  {key = String, message = (word) => `${quote(word)} is already in this list.`}: Partial<Sameness<T>> = {},
): Shape<readonly Located<T>[]> {
  const plain = listThat(item, expects, (items, page) => reportRepeated(items, {key, message}, page));
  return {...plain, schema: {...plain.schema, uniqueItems: true}};
}

function listThat<T>(
  item: Shape<T>,
  expects: string,
  look: (items: readonly Located<T>[], page: Page) => void,
): Shape<readonly Located<T>[]> {
  return {
    expects,
    accepts: ['list'],
    schema: {type: 'array', items: item.schema},
    content: {kind: 'list', item},
    check(node, page) {
      if (node.kind !== 'list') return page.mismatch(node, expects, inBrackets(node));
      const items = node.items.map((each) => item.check(each, page)).filter((each) => each !== undefined);
      const errorsBefore = page.errorCount;
      look(items, page);
      const right = items.length === node.items.length && page.errorCount === errorsBefore;
      return right || page.around === 'what is right' ? {value: items, at: page.at(node)} : undefined;
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
      if (node.kind !== 'map') return page.mismatch(node, expects, asMap(node));
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
      const right = rows.filter((row) => row !== undefined);
      const counts = right.length === rows.length || page.around === 'what is right';
      return counts ? {value: right, at: page.at(node)} : undefined;
    },
  };
}

/** One value where a list of them is meant. */
function inBrackets(node: Node): string | undefined {
  return 'written' in node ? `A list is written in brackets: [${node.written}]` : undefined;
}

function asMap(node: Node): string | undefined {
  return node.kind === 'list' ? 'A map is written NAME: VALUE, or {NAME: VALUE}.' : undefined;
}

function reportRepeated<T>(items: readonly Located<T>[], {key, message}: Sameness<T>, page: Page): void {
  const first = new Map<string, Located<T>>();
  for (const item of items) {
    const name = key(item.value);
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, item);
      continue;
    }
    page.error(item.at, message(name), {notes: [{message: 'It was written first here.', at: before.at}]});
  }
}
