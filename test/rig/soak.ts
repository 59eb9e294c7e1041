// SPDX-License-Identifier: BSD-3-Clause

/** `long` under `npm run soak`, which sets KRAFT_TS_SOAK; `short` in every other run. */
export function times<Value extends number | string>(short: Value, long: Value): Value {
  return process.env.KRAFT_TS_SOAK === '1' ? long : short;
}
