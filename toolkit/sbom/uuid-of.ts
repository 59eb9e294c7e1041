// SPDX-License-Identifier: BSD-3-Clause

import type {Digest} from '../base/index.ts';

/** A UUID of version 8 (RFC 9562, 5.8): the first bits of a digest, so that equal bills have equal numbers. */
export function uuidOf(digest: Digest): string {
  const variant = '89ab'[Number.parseInt(digest[16] ?? '0', 16) & 3] ?? '8';
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
