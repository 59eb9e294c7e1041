// SPDX-License-Identifier: BSD-3-Clause

import type {ChangedLine} from '../../toolkit/engine.ts';
import {cut, type Line, span} from './line.ts';

/** Lines that go and come, with their numbers. */
export function diffText(lines: readonly ChangedLine[], columns: number): readonly Line[] {
  if (lines.length === 0) return [[span('Nothing: the file says all this already.', 'dim')]];
  const width = Math.max(...lines.map(({line}) => String(line).length));
  return lines.map(({kind, line, text}): Line => {
    const isAdded = kind === 'added';
    return [
      span(`${String(line).padStart(width)} `, 'dim'),
      span(cut(`${isAdded ? '+' : '-'} ${text}`, columns - width - 1), isAdded ? 'good' : 'bad'),
    ];
  });
}
