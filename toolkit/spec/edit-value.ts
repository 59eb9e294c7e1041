// SPDX-License-Identifier: BSD-3-Clause

import {isMap, isScalar, isSeq, parseDocument, Scalar} from 'yaml';

/** What can stand in a Kraftfile. */
export type Plain = boolean | number | string | readonly Plain[] | {readonly [key: string]: Plain};

/** Whether something stands in brackets or braces, where less can be written without quotes. */
export type Context = 'block' | 'flow';

/** A value as YAML in one line; `like` is what it takes the place of, whose quotes it takes over. */
export function writeValue(value: Plain, context: Context, like?: unknown): string {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return writeText(value, context, like);
  if (isList(value)) return `[${value.map((item) => writeValue(item, 'flow')).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => writeEntry(key, item, 'flow'))
    .join(', ')}}`;
}

export function writeEntry(key: string, value: Plain, context: Context): string {
  return `${writeText(key, context)}: ${writeValue(value, context)}`;
}

export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

/** Whether a node of the document says this already. */
export function says(node: unknown, value: Plain): boolean {
  if (isList(value)) {
    return (
      isSeq(node) && node.items.length === value.length && value.every((item, index) => says(node.items[index], item))
    );
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    return (
      isMap(node) &&
      node.items.length === entries.length &&
      entries.every(([key, item]) => says(node.get(key, true), item))
    );
  }
  return isScalar(node) && node.value === value;
}

function writeText(text: string, context: Context, like?: unknown): string {
  const isPlain = canBePlain(text, context);
  const quotes = isPlain ? needlessQuotes(like, context) : undefined;
  if (isPlain && quotes === undefined) return text;
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text) || quotes === '"') return JSON.stringify(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/** The quotes that somebody wrote although he need not have. */
function needlessQuotes(like: unknown, context: Context): '"' | "'" | undefined {
  if (!isScalar(like) || typeof like.value !== 'string' || !canBePlain(like.value, context)) return undefined;
  if (like.type === Scalar.QUOTE_DOUBLE) return '"';
  return like.type === Scalar.QUOTE_SINGLE ? "'" : undefined;
}

/** Whether YAML reads a text as that text when it stands without quotes. */
function canBePlain(text: string, context: Context): boolean {
  if (!/^[^\s][^\n\r]*$/u.test(text) || /\s$|^[?-]$/.test(text)) return false;
  const document = parseDocument(context === 'flow' ? `[${text}]` : `- ${text}`, {logLevel: 'silent'});
  if (document.errors.length > 0 || document.warnings.length > 0 || !isSeq(document.contents)) return false;
  const [only, ...others] = document.contents.items;
  return others.length === 0 && isScalar(only) && only.type === Scalar.PLAIN && only.value === text && !only.comment;
}
