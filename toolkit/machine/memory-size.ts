// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';

const units: Readonly<Record<string, number>> = {k: 1024, m: 1024 ** 2, g: 1024 ** 3};

/** Bytes, from `64M`, `64Mi`, `64MiB` or `64 MB`: all are powers of 1024, as memory is. */
export function parseMemorySize(text: string): Result<number> {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg])(?:i?b?)$/i.exec(text.trim());
  const unit = units[match?.[2]?.toLowerCase() ?? ''];
  const bytes = Math.ceil(Number(match?.[1]) * (unit ?? 0));
  if (unit === undefined || !Number.isSafeInteger(bytes) || bytes === 0) {
    return fail([
      {
        severity: 'error',
        message: `Expected a size of memory with its unit, but was '${text}'.`,
        help: 'For example: -m 64M',
      },
    ]);
  }
  return ok(bytes);
}

/** The largest unit that says it whole. */
export function formatSize(bytes: number): string {
  for (const [unit, size] of [
    ['GiB', 1024 ** 3],
    ['MiB', 1024 ** 2],
    ['KiB', 1024],
  ] as const) {
    if (bytes % size === 0) return `${bytes / size} ${unit}`;
  }
  return `${bytes} bytes`;
}
