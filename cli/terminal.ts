// SPDX-License-Identifier: BSD-3-Clause

import type {Tty} from '../tui/index.ts';

/** Where the command's output goes, and what is known of it. */
export interface Terminal {
  readonly out: (text: string | Uint8Array) => void;
  readonly error: (text: string | Uint8Array) => void;
  /** Settles when what was written has gone out, or nobody takes it; undefined where nothing waits. */
  readonly drained: () => Promise<void> | undefined;
  /** Whether somebody looks at each. */
  readonly outIsTty: boolean;
  readonly errorIsTty: boolean;
  /** Of the terminal behind the error stream. */
  readonly columns: () => number;
  /** What somebody sits at, where both the input and the output are a terminal. */
  readonly tty?: () => Tty | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** https://no-color.org and its counterpart. */
export function wantsColour(terminal: Terminal, isTty: boolean): boolean {
  const {NO_COLOR, FORCE_COLOR, TERM} = terminal.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true;
  return isTty && TERM !== 'dumb';
}
