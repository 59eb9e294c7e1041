// SPDX-License-Identifier: BSD-3-Clause

import {type Digest, digest} from './brand.ts';

/** The SHA-256 of bytes, or of a text in UTF-8. */
export function digestOf(content: string | Uint8Array): Digest {
  // Loaded by the first digest: it would cost each start of the tool some milliseconds, and many commands take none.
  const {createHash} = process.getBuiltinModule('node:crypto');
  return digest(createHash('sha256').update(content).digest('hex'));
}

/** The SHA-256 of a plain value: equal for equal values, whatever the order of their keys. */
export function digestOfValue(value: unknown): Digest {
  return digestOf(canonicalJson(value));
}

/** JSON without blanks, keys sorted, absent values left out. Maps and other classes are our mistake. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => sorted(inner));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Error('Internal error: only plain values have a digest');
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}
