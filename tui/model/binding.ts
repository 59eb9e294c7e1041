// SPDX-License-Identifier: BSD-3-Clause

import type {State} from './state.ts';

/** Keys, what they do, and how the status line and the help name them. */
export interface Binding {
  /** As `keysIn` names them; `any`: all that are left. */
  readonly keys: readonly string[];
  /** As the status line writes the keys. */
  readonly shown: string;
  /** A word or two for the status line; undefined where it is not worth its room, or does not work now. */
  readonly label: (state: State) => string | undefined;
  /** For the list of all keys. */
  readonly means: string;
  readonly act: (state: State, key: string) => State;
}

/** A label that does not change. */
export function always(label: string): Binding['label'] {
  return () => label;
}
