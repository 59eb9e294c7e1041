// SPDX-License-Identifier: BSD-3-Clause

import {version as brandVersion, type Version, type VersionRange, versionRange} from '../brand.ts';
import {didYouMean} from '../did-you-mean.ts';
import {parseSize, printSize, respellSize, sizePattern} from '../size.ts';
import {alternatives, quote} from '../words.ts';
import type {Node} from './node.ts';
import type {Shape} from './shape.ts';

const scalar = {kind: 'scalar'} as const;

/** Any text. Numbers and true/false are taken as they are written: `8080` is the text 8080. */
export function text(expects = 'a string'): Shape<string> {
  return {
    expects,
    accepts: ['string', 'number', 'boolean'],
    schema: {type: ['string', 'number', 'boolean']},
    content: scalar,
    check(node, page) {
      const value = asWritten(node);
      return value === undefined ? page.mismatch(node, expects) : {value, at: page.at(node)};
    },
  };
}

/** A text for people: one that says something. */
export function sentence(): Shape<string> {
  return {
    expects: 'a sentence',
    accepts: ['string'],
    schema: {type: 'string', minLength: 1},
    content: scalar,
    check(node, page) {
      if (node.kind !== 'string' || node.value === '') return page.mismatch(node, 'a sentence');
      return {value: node.value, at: page.at(node)};
    },
  };
}

/** What a word must look like, and what it is then. */
export interface WordRule<T> {
  readonly expects: string;
  readonly pattern: string;
  readonly make: (text: string) => T;
  /** What most texts look like that fit; for a pattern that is slow to prepare, which is then seldom asked. */
  readonly usual?: RegExp;
  /** What to do about a text that does not fit; undefined where nothing is known. */
  readonly help?: (text: string) => string | undefined;
}

/** A text that fits a pattern. */
export function word<T>({expects, pattern, make, usual, help}: WordRule<T>): Shape<T> {
  let whole: RegExp | undefined;
  const fits = (text: string): boolean => {
    if (usual?.test(text) === true) return true;
    whole ??= new RegExp(pattern, 'u');
    return whole.test(text);
  };
  return {
    expects,
    accepts: ['string'],
    schema: {type: 'string', pattern},
    content: scalar,
    check(node, page) {
      if (node.kind === 'string' && fits(node.value)) return {value: make(node.value), at: page.at(node)};
      const written = asWritten(node);
      return page.mismatch(node, expects, written === undefined ? undefined : help?.(written));
    },
  };
}

/** One of a few words. */
export function choice<const W extends string>(words: readonly W[]): Shape<W> {
  const expects = alternatives(words);
  return {
    expects,
    accepts: ['string'],
    schema: {enum: words},
    content: scalar,
    check(node, page) {
      const written = asWritten(node);
      const found = words.find((other) => other === written);
      if (found !== undefined) return {value: found, at: page.at(node)};
      const meant = words.length > 1 && written !== undefined ? didYouMean(written, words) : undefined;
      return page.mismatch(node, expects, meant === undefined ? undefined : `Did you mean ${quote(meant)}?`);
    },
  };
}

export function boolean(): Shape<boolean> {
  return {
    expects: 'true or false',
    accepts: ['boolean'],
    schema: {type: 'boolean'},
    content: scalar,
    check(node, page) {
      if (node.kind === 'boolean') return {value: node.value, at: page.at(node)};
      return page.mismatch(node, 'true or false', booleanHelp(node));
    },
  };
}

/** A whole number, within a range where one is given. */
export function integer(range?: readonly [number, number]): Shape<number> {
  const expects = range === undefined ? 'a whole number' : `a whole number from ${range[0]} to ${range[1]}`;
  const [minimum, maximum] = range ?? [];
  return {
    expects,
    accepts: ['number'],
    schema: {
      type: 'integer',
      ...(minimum !== undefined && {minimum}),
      ...(maximum !== undefined && {maximum}),
    },
    content: scalar,
    check(node, page) {
      if (node.kind !== 'number' || !Number.isSafeInteger(node.value)) {
        const quoted = node.kind === 'string' && /^-?[0-9]+$/.test(node.value);
        return page.mismatch(node, expects, quoted ? 'Remove the quotes.' : undefined);
      }
      if (node.value < (minimum ?? -Infinity) || node.value > (maximum ?? Infinity))
        return page.mismatch(node, expects);
      return {value: node.value, at: page.at(node)};
    },
  };
}

/** Bytes: `64 KiB`, or a plain number of them. */
export function size({least = 0}: {readonly least?: number} = {}): Shape<number> {
  const expects = 'a size such as 64 KiB';
  return {
    expects,
    accepts: ['string', 'number'],
    schema: {
      anyOf: [
        {type: 'integer', minimum: least},
        {type: 'string', pattern: sizePattern},
      ],
    },
    content: scalar,
    check(node, page) {
      const bytes = readSize(node);
      if (bytes === undefined) return page.mismatch(node, expects, sizeHelp(node));
      if (bytes < least) return page.mismatch(node, `a size of at least ${printSize(least)}`);
      return {value: bytes, at: page.at(node)};
    },
  };
}

/** As a regular expression for JSON Schema: semver 2.0.0. */
const number = '(?:0|[1-9][0-9]*)';
const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const prerelease = `(?:-(?:${number}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\\.(?:${number}|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)`;
const versionPattern = `^${number}\\.${number}\\.${number}${prerelease}?(?:\\+${identifiers})?$`;

/** A version as semver writes it. */
export function version(): Shape<Version> {
  return asWord({
    expects: 'a version such as 1.2.0',
    pattern: versionPattern,
    make: brandVersion,
    help: (written) =>
      /^[0-9]+(\.[0-9]+)?$/.test(written) ? `Write all three numbers: ${threeNumbers(written)}` : undefined,
  });
}

/** As npm's semver reads it: `^1`, `1.x || >=2.5.0 <3`, `1.2 - 1.4`, `*`. */
const part = `(?:${number}|[xX*])`;
const partial = `[v=]?${part}(?:\\.${part}(?:\\.${part}${prerelease}?(?:\\+${identifiers})?)?)?`;
const comparators = `(?:[<>]=?|=|~>?|\\^)? *${partial}`;
const oneRange = `(?:${partial} +- +${partial}|${comparators}(?: +${comparators})*)`;
const rangePattern = `^ *${oneRange}(?: *\\|\\| *${oneRange})* *$`;

/** A range of versions. */
export function range(): Shape<VersionRange> {
  const shape = asWord({
    expects: 'a range of versions such as ^1.2',
    pattern: rangePattern,
    make: versionRange,
    usual: /^(?:\*|[~^]?(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){0,2})$/,
    help: (written) => (/^[a-z]+$/i.test(written) ? "Write '*' for any version." : undefined),
  });
  return {...shape, accepts: ['string', 'number'], schema: {anyOf: [shape.schema, {type: 'number', minimum: 0}]}};
}

/** A word that YAML may take for a number, such as 1.2: what counts is how it is written. */
function asWord<T>(rule: WordRule<T>): Shape<T> {
  const shape = word(rule);
  return {...shape, check: (node, page) => shape.check(numberAsText(node), page)};
}

function numberAsText(node: Node): Node {
  if (node.kind !== 'number') return node;
  return {kind: 'string', value: node.written, written: node.written, offset: node.offset, length: node.length};
}

function asWritten(node: Node): string | undefined {
  if (node.kind === 'string') return node.value;
  return node.kind === 'number' || node.kind === 'boolean' ? node.written : undefined;
}

function booleanHelp(node: Node): string | undefined {
  if (node.kind !== 'string') return undefined;
  if (/^(true|false)$/.test(node.value)) return 'Remove the quotes.';
  if (/^(yes|on|y)$/i.test(node.value)) return 'Write true.';
  return /^(no|off|n)$/i.test(node.value) ? 'Write false.' : undefined;
}

function readSize(node: Node): number | undefined {
  if (node.kind === 'number') return Number.isSafeInteger(node.value) && node.value >= 0 ? node.value : undefined;
  return node.kind === 'string' ? parseSize(node.value) : undefined;
}

function sizeHelp(node: Node): string | undefined {
  if (node.kind === 'string' && new RegExp(sizePattern).test(node.value)) return 'That is not a whole number of bytes.';
  const respelt = node.kind === 'string' ? respellSize(node.value) : undefined;
  return respelt === undefined ? undefined : `Write ${respelt}.`;
}

function threeNumbers(written: string): string {
  return [...written.split('.'), '0', '0'].slice(0, 3).join('.');
}
