// SPDX-License-Identifier: BSD-3-Clause

/**
 * Lines that Ink lays out by a sign each, and the terminal is given whole. Ink takes every character of a frame apart
 * again and again, with its colours; lines that have their width already need none of that, and a key must not wait.
 */
export interface Signs {
  /** A frame begins: what was registered for the last one is forgotten. */
  begin(): void;
  /** One letter that stands for a line. */
  of(line: string): string;
  /** A line of a frame, with the lines that its signs stand for. */
  resolved(line: string): string;
}

// Unicode's first private use area.
const first = 0xe000;

export function openSigns(): Signs {
  let lines: string[] = [];
  return {
    begin() {
      lines = [];
    },
    of: (line) => String.fromCharCode(first + lines.push(line) - 1),
    resolved: (line) => line.replaceAll(/[\ue000-\uf8ff]/g, (sign) => lines[sign.charCodeAt(0) - first] ?? ''),
  };
}
