// SPDX-License-Identifier: BSD-3-Clause

/** A text that the user wrote, by the path that messages show. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A range of characters in a source text. `length` 0 is a place between two characters. */
export interface Location {
  readonly source: SourceText;
  readonly offset: number;
  readonly length: number;
}

/** A checked value, and where the user wrote it. */
export interface Located<T> {
  readonly value: T;
  readonly at: Location;
}
