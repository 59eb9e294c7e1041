// SPDX-License-Identifier: BSD-3-Clause

import {listing} from '../words.ts';
import type {JsonSchema} from './json-schema.ts';
import {choice} from './scalars.ts';
import type {Shape} from './shape.ts';

/** A value that may be written in several ways, told apart by what kind of thing it is: short and long forms. */
export function ways<T>(
  shapes: readonly Shape<T>[],
  expects = listing(
    shapes.map((shape) => shape.expects),
    'or',
  ),
): Shape<T> {
  return {
    expects,
    accepts: shapes.flatMap((shape) => shape.accepts),
    schema: {anyOf: shapes.map((shape) => shape.schema)},
    content: {kind: 'ways', ways: shapes.map((shape) => ({shape}))},
    check(node, page) {
      const way = shapes.find((shape) => shape.accepts.includes(node.kind));
      return way === undefined ? page.mismatch(node, expects) : way.check(node, page);
    },
  };
}

/** A key with nothing after it, where that means something. */
export function nothing<T>(meaning: T): Shape<T> {
  return {
    expects: 'nothing',
    accepts: ['nothing'],
    schema: {type: 'null'},
    content: {kind: 'scalar'},
    check: (node, page) =>
      node.kind === 'nothing' ? {value: meaning, at: page.at(node)} : page.mismatch(node, 'nothing'),
  };
}

/** Records told apart by the value of one key, such as `type`. */
export function variants<T>(key: string, shapes: Readonly<Record<string, Shape<T>>>, expects: string): Shape<T> {
  const names = Object.keys(shapes);
  const kind = choice(names);
  const schema: JsonSchema = {
    type: 'object',
    required: [key],
    properties: {[key]: kind.schema},
    allOf: names.map((name) => ({
      if: {type: 'object', required: [key], properties: {[key]: {const: name}}},
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: shapes[name]?.schema ?? {},
    })),
  };
  return {
    expects,
    accepts: ['map'],
    schema,
    content: {kind: 'ways', ways: Object.entries(shapes).map(([title, shape]) => ({title: `${key}: ${title}`, shape}))},
    check(node, page) {
      if (node.kind !== 'map') return page.mismatch(node, expects);
      const entry = node.entries.find((each) => each.key.name === key);
      if (entry === undefined) {
        return page.error(page.at(node.place), `The key "${key}" is missing.`, {
          help: `Add ${key}: ${listing(names, 'or')}`,
        });
      }
      const chosen = kind.check(entry.value, page);
      return chosen === undefined ? undefined : shapes[chosen.value]?.check(node, page);
    },
  };
}
