// SPDX-License-Identifier: BSD-3-Clause

import {EventEmitter} from 'node:events';
import type {Signs} from './signs.ts';

/** What Ink writes frames to. */
export interface Painter extends EventEmitter {
  columns: number;
  rows: number;
  readonly isTTY: true;
  write(frame: string): boolean;
  /** Shows the frame that was written last, with what its signs stand for now. */
  paint(): void;
  /** What is on the screen is not known any more: the next frame is drawn whole. */
  forget(): void;
}

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';

/**
 * A stream that takes whole frames, and writes to the terminal only the lines that are otherwise than they were: a key
 * that moves the mark costs two of them. What supports synchronised output shows each frame at once.
 */
export function painter(
  write: (text: string) => void,
  {size, signs}: {readonly size: {readonly columns: number; readonly rows: number}; readonly signs: Signs},
): Painter {
  let frame: readonly string[] = [];
  let shown: readonly string[] = [];
  let isKnown = false;
  return Object.assign(new EventEmitter(), {
    columns: size.columns,
    rows: size.rows,
    isTTY: true as const,
    write(this: Painter, text: string): boolean {
      frame = text.split('\n').slice(0, this.rows);
      return true;
    },
    paint() {
      const lines = frame.map((line) => signs.resolved(line));
      const changed: string[] = isKnown ? [] : ['\u001b[2J'];
      if (!isKnown) shown = [];
      for (let row = 0; row < Math.max(lines.length, shown.length); row++) {
        const line = lines[row] ?? '';
        if (isKnown && line === shown[row]) continue;
        changed.push(`\u001b[${row + 1};1H${line}\u001b[K`);
      }
      shown = lines;
      isKnown = true;
      if (changed.length > 0) write(`${begin}${changed.join('')}${end}`);
    },
    forget() {
      isKnown = false;
    },
  });
}
