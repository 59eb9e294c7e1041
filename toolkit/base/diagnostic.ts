// SPDX-License-Identifier: BSD-3-Clause

import type {Location} from './location.ts';

/**
 * Something wrong with what the user wrote, or with the machine it runs on: what, where, what to do.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** One sentence, sentence case, with its full stop. */
  readonly message: string;
  readonly at?: Location;
  /** Other places and facts that belong to it. */
  readonly notes?: readonly {readonly message: string; readonly at?: Location}[];
  /** The one thing to do. Absent when unsure. */
  readonly help?: string;
}
