// SPDX-License-Identifier: BSD-3-Clause

import type {Edit} from '../../toolkit/engine.ts';
import type {Choice, Input, Screen, Thing} from './state.ts';

/** What stands before a row. `locked` is on or off whatever else is asked for. */
export type Mark =
  | 'none'
  | 'asked'
  | 'in'
  | 'in-locked'
  | 'out'
  | 'out-locked'
  | 'chosen'
  | 'not-chosen'
  | 'not-choosable'
  | 'yes'
  | 'no'
  | 'opens'
  | 'warn';

/** What Space, or Enter where there is nothing to open, does. */
export type Press =
  | {readonly kind: 'edit'; readonly title: string; readonly edits: readonly Edit[]}
  | {readonly kind: 'choices'; readonly title: string; readonly choices: readonly Choice[]}
  | {readonly kind: 'input'; readonly input: Input; readonly text: string}
  /** Look at another target. */
  | {readonly kind: 'look-at'; readonly target: string}
  | {readonly kind: 'tell'; readonly text: string}
  /** Show what is wrong with the draft. */
  | {readonly kind: 'problems'};

/** A line of a list. */
export interface Row {
  readonly id: string;
  readonly mark: Mark;
  readonly name: string;
  /** In a column of its own behind the name. */
  readonly value: string;
  readonly note: string;
  /** It differs from what would be so by itself. */
  readonly changed: boolean;
  /** It stands under a heading of its own. */
  readonly heading?: string;
  readonly opens?: Screen;
  readonly thing?: Thing;
  readonly space?: Press;
  /** What Enter does where there is nothing to open; absent: what Space does. */
  readonly enter?: Press;
}
