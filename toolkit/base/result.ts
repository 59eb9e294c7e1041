// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from './diagnostic.ts';

/** What a function returns whose failure is the user's to mend. */
export type Result<T, E = readonly Diagnostic[]> =
  | {readonly ok: true; readonly value: T}
  | {readonly ok: false; readonly error: E};

export function ok<T>(value: T): {readonly ok: true; readonly value: T} {
  return {ok: true, value};
}

export function fail<E>(error: E): {readonly ok: false; readonly error: E} {
  return {ok: false, error};
}
