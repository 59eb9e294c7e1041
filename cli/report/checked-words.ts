// SPDX-License-Identifier: BSD-3-Clause

import type {Checked, CheckReport} from '../../toolkit/engine.ts';
import {table} from './table.ts';

/** A row for each thing that was looked at. */
export function checkedLines({checks}: CheckReport): readonly string[] {
  return table(
    checks.map(({outcome, what, found}) => [words[outcome], what, found]),
    110,
  );
}

const words: Readonly<Record<Checked['outcome'], string>> = {ok: 'ok', failed: 'FAILS', 'not-known': '–'};
