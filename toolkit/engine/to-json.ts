// SPDX-License-Identifier: BSD-3-Clause

import {type Location, placeToJson} from '../base/index.ts';

/** A value as JSON mirrors it: maps become objects, places in a text become lines and columns, bytes become text. */
export function toJson(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), toJson(inner)]));
  if (value instanceof Set) return [...value].map(toJson);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  if (isLocation(value)) return placeToJson(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
}

function isLocation(value: object): value is Location {
  if (!('source' in value && 'offset' in value && 'length' in value)) return false;
  const {source} = value;
  return typeof source === 'object' && source !== null && 'path' in source && 'text' in source;
}
