// SPDX-License-Identifier: BSD-3-Clause

import type {Encoding} from '../host/index.ts';

const mark = 0x10;

/** Input as a serial line carries it to a guest that was given the parameter kraft.input: with an end (docs/qemu.md). */
export const serialInput: Encoding = {
  // The guest's UART loses what is in it when its FIFO is turned on: that can only be the first byte.
  start: Uint8Array.of(0x16, 0x02),
  chunk: (bytes) =>
    bytes.includes(mark)
      ? Uint8Array.from([...bytes].flatMap((byte) => (byte === mark ? [mark, mark] : [byte])))
      : bytes,
  end: Uint8Array.of(mark, 0x04),
};
