// SPDX-License-Identifier: BSD-3-Clause

/** A line of a text that is there only before or only after a change; numbered from 1. */
export interface ChangedLine {
  readonly kind: 'removed' | 'added';
  readonly line: number;
  readonly text: string;
}

/** The lines in which two texts differ, in their order. */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const was = linesOf(before);
  const is = linesOf(after);
  const same = longestCommon(was, is);
  const changed: ChangedLine[] = [];
  let old = 0;
  let now = 0;
  for (const [inOld, inNew] of [...same, [was.length, is.length] as const]) {
    for (; old < inOld; old++) changed.push({kind: 'removed', line: old + 1, text: was[old] ?? ''});
    for (; now < inNew; now++) changed.push({kind: 'added', line: now + 1, text: is[now] ?? ''});
    old = inOld + 1;
    now = inNew + 1;
  }
  return changed;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Pairs of places of lines that are the same: as many as there can be. */
function longestCommon(was: readonly string[], is: readonly string[]): readonly (readonly [number, number])[] {
  const width = is.length + 1;
  const lengths = new Uint32Array((was.length + 1) * width);
  for (let old = was.length - 1; old >= 0; old--) {
    for (let now = is.length - 1; now >= 0; now--) {
      const below = lengths[(old + 1) * width + now] ?? 0;
      const right = lengths[old * width + now + 1] ?? 0;
      const both = was[old] === is[now] ? (lengths[(old + 1) * width + now + 1] ?? 0) + 1 : 0;
      lengths[old * width + now] = Math.max(below, right, both);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let old = 0, now = 0; old < was.length && now < is.length; ) {
    if (was[old] === is[now]) pairs.push([old++, now++]);
    else if ((lengths[(old + 1) * width + now] ?? 0) >= (lengths[old * width + now + 1] ?? 0)) old++;
    else now++;
  }
  return pairs;
}
