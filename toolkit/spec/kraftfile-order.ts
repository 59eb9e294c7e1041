// SPDX-License-Identifier: BSD-3-Clause

import {keysOf} from '../base/index.ts';
import {kraftfileTable} from './kraftfile-table.ts';

/** The keys of a Kraftfile in the order of their table, in which one writes them. */
export const kraftfileOrder: readonly string[] = keysOf(kraftfileTable)
  .map((entry) => entry.path)
  .filter((path) => !/[.[]/.test(path));
