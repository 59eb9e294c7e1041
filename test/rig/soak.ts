// SPDX-License-Identifier: BSD-3-Clause

/** `long` under `npm run soak`, which sets KRAFT_TS_SOAK; `short` in every other run. */
export function times(short: number, long: number): number {
  return process.env.KRAFT_TS_SOAK === '1' ? long : short;
}
