// SPDX-License-Identifier: BSD-3-Clause

import type {Terminal} from '../terminal.ts';

/** One line that says what goes on: rewritten in place on a terminal; elsewhere its milestones, a line each. */
export interface StatusLine {
  show(text: string, milestone: boolean): void;
  clear(): void;
}

export function statusLine(terminal: Terminal): StatusLine {
  let shown = false;
  return terminal.errorIsTty && terminal.env.TERM !== 'dumb' ? {show: rewrite, clear} : {show: append, clear};

  function rewrite(text: string): void {
    const room = Math.max(20, terminal.columns() - 1);
    terminal.error(`\r\u001b[2K${text.length > room ? `${text.slice(0, room - 1)}…` : text}`);
    shown = true;
  }

  function append(text: string, milestone: boolean): void {
    if (milestone) terminal.error(`${text}\n`);
  }

  function clear(): void {
    if (shown) terminal.error('\r\u001b[2K');
    shown = false;
  }
}
