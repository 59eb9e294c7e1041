// SPDX-License-Identifier: BSD-3-Clause

/** A terminal that somebody sits at, as far as a full-screen program needs it. */
export interface Tty {
  write(text: string): void;
  size(): {readonly columns: number; readonly rows: number};
  /** Each returns a function that ends it. */
  onResize(listener: () => void): () => void;
  onContinue(listener: () => void): () => void;
  onExit(listener: () => void): () => void;
  /** Keys are sent as they are pressed from then on, and not shown. */
  onInput(listener: (text: string) => void): () => void;
  /** Stops the process, as Ctrl-Z does elsewhere, until it is continued. */
  suspend(): void;
}
