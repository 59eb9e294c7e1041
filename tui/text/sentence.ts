// SPDX-License-Identifier: BSD-3-Clause

import type {Sentence} from '../../toolkit/engine.ts';
import {type Line, paragraph, span, widthOf} from './line.ts';

/** A sentence with the place where it was written: behind it where there is room, else below. */
export function placed(
  {text, place}: Sentence,
  {columns, lead = ''}: {readonly columns: number; readonly lead?: string},
): readonly Line[] {
  const indent = ' '.repeat(widthOf(lead));
  const lines = paragraph(text, {columns, lead, indent});
  const last = lines.at(-1);
  if (place === undefined || last === undefined) return lines;
  const width = last.reduce((sum, part) => sum + widthOf(part.text), 0);
  if (width + 2 + widthOf(place) <= columns) return [...lines.slice(0, -1), [...last, span('  '), span(place, 'dim')]];
  return [...lines, ...paragraph(place, {columns, tone: 'dim', lead: indent, indent})];
}
