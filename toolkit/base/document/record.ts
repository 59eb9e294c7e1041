// SPDX-License-Identifier: BSD-3-Clause

import {didYouMean} from '../did-you-mean.ts';
import type {Located, Location} from '../location.ts';
import {listing, quote} from '../words.ts';
import type {JsonSchema} from './json-schema.ts';
import type {KeyNode, Node} from './node.ts';
import type {KeyFacts, Page, Shape} from './shape.ts';

/** A row of a table of keys, with the type of its value. */
export interface Key<T, Required extends boolean> extends KeyFacts {
  readonly shape: Shape<T>;
  readonly required: Required;
}

/** What a row says besides its shape. */
export type About = Omit<KeyFacts, 'shape' | 'required'>;

export function required<T>(shape: Shape<T>, about: About): Key<T, true> {
  return {shape, required: true, ...about};
}

export function optional<T>(shape: Shape<T>, about: About): Key<T, false> {
  return {shape, required: false, ...about};
}

/** A table of keys. */
export type Keys = Readonly<Record<string, Key<unknown, boolean>>>;

/** The values of a record, by the names of its keys. */
export type Values<K extends Keys> = {
  readonly [N in keyof K as K[N] extends Key<unknown, true> ? N : never]: Located<ValueOf<K[N]>>;
} & {
  readonly [N in keyof K as K[N] extends Key<unknown, true> ? never : N]?: Located<ValueOf<K[N]>>;
};
type ValueOf<K> = K extends Key<infer T, boolean> ? T : never;

/** A key that belongs to another tool's file, and what to write here instead. */
export interface ForeignKey {
  readonly message: string;
  readonly help?: string;
}

export interface RecordRules {
  readonly expects: string;
  /** By key: what people bring along from elsewhere. */
  readonly foreign?: Readonly<Record<string, ForeignKey>>;
  /** Keys with this beginning are the user's own and are not looked at: `x-`. */
  readonly free?: string;
}

/** A map whose keys are fixed. Every other key is a mistake. */
export function record<const K extends Keys>(keys: K, rules: RecordRules): Shape<Values<K>> {
  const table = new KeyTable(keys, rules);
  return {
    expects: rules.expects,
    accepts: ['map'],
    schema: recordSchema(keys, rules),
    content: {kind: 'record', keys},
    check(node, page) {
      const values = table.check(node, page);
      // The one place where values that were checked by name get the type that belongs to their names.
      return values === undefined ? undefined : {value: values as Values<K>, at: page.at(node)};
    },
  };
}

/** A table of keys, prepared for checking many maps. */
class KeyTable {
  readonly #keys: Keys;
  readonly #rules: RecordRules;
  /** Key or alias → key. */
  readonly #names = new Map<string, string>();

  constructor(keys: Keys, rules: RecordRules) {
    this.#keys = keys;
    this.#rules = rules;
    for (const [name, key] of Object.entries(keys)) {
      for (const written of [name, ...(key.aliases ?? [])]) this.#names.set(written, name);
    }
  }

  check(node: Node, page: Page): Record<string, Located<unknown>> | undefined {
    if (node.kind !== 'map') return page.mismatch(node, this.#rules.expects);
    let wrong = false;
    const values: Record<string, Located<unknown>> = {};
    const seen = new Map<string, KeyNode>();
    for (const {key, value} of node.entries) {
      const name = this.#names.get(key.name);
      if (name === undefined) {
        wrong = this.#reportUnknown({key, value}, page) || wrong;
        continue;
      }
      const before = seen.get(name);
      if (before !== undefined) {
        page.error(
          page.at(key),
          `${quote(key.name)} and ${quote(before.name)} mean the same; only one of them can be written.`,
          {notes: [{message: 'The other one is here.', at: page.at(before)}]},
        );
        wrong = true;
        continue;
      }
      seen.set(name, key);
      const checked = this.#checkValue(name, {key, value}, page);
      if (checked === undefined) wrong = true;
      else values[name] = checked;
    }
    const unknown = node.entries.filter(({key}) => !this.#names.has(key.name)).map(({key}) => key.name);
    this.#reportMissing(seen, {unknown, at: page.at(node.place), page});
    const missing = Object.entries(this.#keys).some(([name, key]) => key.required && values[name] === undefined);
    return missing || (wrong && page.around === 'all or nothing') ? undefined : values;
  }

  #checkValue(name: string, {key, value}: {key: KeyNode; value: Node}, page: Page): Located<unknown> | undefined {
    const facts = this.#keys[name];
    if (facts?.deprecated !== undefined) {
      page.warning(page.at(key), `${quote(key.name)} is an old key.`, {help: facts.deprecated});
    }
    return facts?.shape.check(value, page);
  }

  /** Whether the key is a mistake. */
  #reportUnknown({key, value}: {key: KeyNode; value: Node}, page: Page): boolean {
    const {foreign, free} = this.#rules;
    if (free !== undefined && key.name.startsWith(free)) return false;
    const known = foreign !== undefined && Object.hasOwn(foreign, key.name) ? foreign[key.name] : undefined;
    if (known !== undefined) {
      page.error(page.at(key), known.message, known.help === undefined ? {} : {help: known.help});
      return true;
    }
    page.error(page.at(key), `Unknown key ${quote(key.name)}.`, {help: this.#helpFor({key, value})});
    return true;
  }

  #helpFor({key, value}: {key: KeyNode; value: Node}): string {
    const meant = didYouMean(key.name, this.#names.keys());
    if (meant !== undefined) return `Did you mean ${quote(meant)}?`;
    if (value.kind === 'nothing' && key.name.includes(' '))
      return 'Between { and } a comma ends a value: put a text with a comma in quotes.';
    const names = Object.keys(this.#keys);
    return names.length === 1 ? `The only key here is ${listing(names)}.` : `The keys here are ${listing(names)}.`;
  }

  /** A key that is there, only misspelt, has been reported already. */
  #reportMissing(
    seen: ReadonlyMap<string, KeyNode>,
    {unknown, at, page}: {unknown: readonly string[]; at: Location; page: Page},
  ): void {
    const missing = Object.entries(this.#keys)
      .filter(([name, key]) => key.required && !seen.has(name))
      .map(([name]) => name)
      .filter((name) => !unknown.some((written) => didYouMean(written, this.#names.keys()) === name));
    if (missing.length === 0) return;
    const [only] = missing;
    const message =
      missing.length === 1
        ? `The key ${quote(only ?? '')} is missing.`
        : `The keys ${listing(missing.map(quote))} are missing.`;
    const example = missing.map((name) => `${name}: ${this.#keys[name]?.example ?? ''}`).join(', ');
    page.error(at, message, {help: `Add ${example}`});
  }
}

function recordSchema(keys: Keys, rules: RecordRules): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, key] of Object.entries(keys)) {
    const facts = {description: key.means, ...(key.deprecated !== undefined && {deprecated: true})};
    for (const written of [name, ...(key.aliases ?? [])]) properties[written] = {...key.shape.schema, ...facts};
  }
  const needed = Object.entries(keys).filter(([, key]) => key.required);
  const plain = needed.filter(([, key]) => key.aliases === undefined).map(([name]) => name);
  const aliased = Object.entries(keys).filter(([, key]) => key.aliases !== undefined);
  const allOf = aliased.map(([name, key]) => {
    const one = [name, ...(key.aliases ?? [])].map((written) => ({required: [written]}));
    return key.required ? {oneOf: one} : {not: {allOf: one}};
  });
  return {
    type: 'object',
    properties,
    ...(plain.length > 0 && {required: plain}),
    ...(allOf.length > 0 && {allOf}),
    ...(rules.free !== undefined && {patternProperties: {[`^${rules.free}`]: {}}}),
    additionalProperties: false,
  };
}
