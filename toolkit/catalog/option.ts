// SPDX-License-Identifier: BSD-3-Clause

import type {Location} from '../base/index.ts';

export type OptionValue = boolean | number | string;

/** A typed setting of a lib. Sizes are bytes, written as `64 KiB`, `2 MiB` or a number. */
export type Option = {
  readonly name: string;
  readonly means: string;
  readonly at: Location;
} & (
  | {readonly type: 'boolean'; readonly default: boolean}
  | {readonly type: 'integer'; readonly default: number; readonly range: readonly [number, number]}
  | {readonly type: 'size'; readonly default: number; readonly range: readonly [number, number]}
  | {readonly type: 'enumeration'; readonly default: string; readonly values: readonly string[]}
  | {readonly type: 'string'; readonly default: string}
);
