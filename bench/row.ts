// SPDX-License-Identifier: BSD-3-Clause

/** One line of the table: what is measured, what a peer takes, what is required, and how it is measured. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** What Unikraft 0.17 takes on the same kind of machine, as text. */
  readonly peer: string;
  /** The figure must not be above this. */
  readonly atMost: number;
  measure(): Promise<number>;
}

/** A group of rows that share their preparation, chosen by name: `npm run bench -- boot`. */
export interface Group {
  readonly name: string;
  rows(): Promise<readonly Row[]>;
}
