// SPDX-License-Identifier: BSD-3-Clause

/** Something that is not as it has to be, and where in the image. */
export interface Finding {
  /** Bytes from the image's beginning. */
  readonly offset: number;
  readonly message: string;
}
