// SPDX-License-Identifier: BSD-3-Clause

const units = {B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3} as const;

/** As a regular expression for JSON Schema: `64 KiB`, `1.5 MiB`, `4096`. */
export const sizePattern = '^[0-9]+(\\.[0-9]+)? ?(B|KiB|MiB|GiB)?$';

/** The bytes that `64 KiB` means; undefined where it is not written as a size, or is no whole number of bytes. */
export function parseSize(text: string): number | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?) ?(B|KiB|MiB|GiB)?$/.exec(text);
  const [, digits = '', unit = 'B'] = match ?? [];
  if (match === null) return undefined;
  const bytes = Number(digits) * (unit === 'B' || unit === 'KiB' || unit === 'MiB' || unit === 'GiB' ? units[unit] : 1);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Bytes in the largest unit that keeps them exact: `64 KiB`, `1000 B`. */
export function printSize(bytes: number): string {
  for (const unit of ['GiB', 'MiB', 'KiB'] as const) {
    if (bytes >= units[unit] && bytes % units[unit] === 0) return `${bytes / units[unit]} ${unit}`;
  }
  return `${bytes} B`;
}

/** Bytes for a reader, rounded to three digits: `47.1 KiB`. */
export function printRoundSize(bytes: number): string {
  for (const unit of ['GiB', 'MiB', 'KiB'] as const) {
    if (bytes >= units[unit]) return `${Number((bytes / units[unit]).toPrecision(3))} ${unit}`;
  }
  return `${bytes} B`;
}

/** How somebody who wrote `64M` or `64 kb` would write it here. */
export function respellSize(text: string): string | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?)\s*([kmgKMG])[iI]?[bB]?(?:ytes)?$/.exec(text.trim());
  const [, digits = '', letter = ''] = match ?? [];
  return match === null ? undefined : `${digits} ${letter.toUpperCase()}iB`;
}
