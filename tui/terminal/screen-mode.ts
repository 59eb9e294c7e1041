// SPDX-License-Identifier: BSD-3-Clause

import type {Tty} from './tty.ts';

/** A terminal that is taken over, and given back as it was found. */
export interface ScreenMode {
  enter(): void;
  leave(): void;
}

// The alternate screen (1049) without a cursor (25), where the wheel sends arrow keys (1007) and text can still be
// selected with the mouse, as it could not if the program asked for the mouse itself.
const taken = '\u001b[?1049h\u001b[?25l\u001b[?1007h';
const given = '\u001b[?2026l\u001b[0m\u001b[?1007l\u001b[?25h\u001b[?1049l';

export function screenMode(tty: Tty, onInput: (text: string) => void): ScreenMode {
  let endInput: (() => void) | undefined;
  return {
    enter() {
      endInput ??= tty.onInput(onInput);
      tty.write(taken);
    },
    leave() {
      if (endInput === undefined) return;
      endInput();
      endInput = undefined;
      tty.write(given);
    },
  };
}
