// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import type {Row} from './row.ts';

/** What `node -e 0` takes on the machines that limits in seconds are meant for. */
const usual = 0.04;

/** Seconds that `node -e 0` takes here, the least of several: what else the machine does makes it longer, never shorter. */
export function bareNode(): number {
  return Math.min(
    ...Array.from({length: 5}, () => {
      const started = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      return (performance.now() - started) / 1000;
    }),
  );
}

/** How a figure stands to its limit. `slow`: above it, but not on a machine of usual speed. */
export type Verdict = 'ok' | 'slow' | 'OVER';

/** A time is held against the limit as it is, and as it were on a machine of usual speed; anything else as it is. */
export function verdict({unit, atMost}: Pick<Row, 'unit' | 'atMost'>, figure: number, node: number): Verdict {
  if (figure <= atMost) return 'ok';
  return isTime(unit) && figure * (usual / node) <= atMost ? 'slow' : 'OVER';
}

export function isTime(unit: string): boolean {
  return unit === 's' || unit === 'ms';
}
