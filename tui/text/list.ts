// SPDX-License-Identifier: BSD-3-Clause

import {listLines} from '../model/layout.ts';
import type {Row} from '../model/row.ts';
import {cut, type Line, padTo, span, widthOf} from './line.ts';
import {markSigns} from './marks.ts';

/** Widths of the columns of a list. */
interface Columns {
  readonly name: number;
  readonly value: number;
  readonly note: number;
}

/** The part of a list that is seen. */
export function listText(
  rows: readonly Row[],
  {
    row,
    top,
    room,
    columns,
  }: {readonly row: number; readonly top: number; readonly room: number; readonly columns: number},
): readonly Line[] {
  const lines = listLines(rows).slice(top, top + room);
  const seen = lines.flatMap((line) => (typeof line === 'number' ? (rows[line] ?? []) : []));
  const widths = columnsFor(rows.length <= 400 ? rows : seen, columns);
  return lines.map((line): Line => {
    if (typeof line === 'string') return [span(line === '' ? '' : `  ${cut(line, columns - 2)}`, 'dim')];
    const shown = rows[line];
    return shown === undefined ? [] : rowText(shown, widths, line === row);
  });
}

function columnsFor(rows: readonly Row[], columns: number): Columns {
  const room = columns - 9;
  const widest = (part: 'name' | 'value'): number => Math.max(0, ...rows.map((row) => widthOf(row[part])));
  const name = Math.min(widest('name'), Math.max(12, Math.floor(room * 0.55)));
  const value = Math.min(widest('value'), Math.max(0, Math.floor((room - name) * 0.6)));
  return {name, value, note: Math.max(0, room - name - value - (value === 0 ? 2 : 4))};
}

function rowText({mark, name, value, note, changed}: Row, widths: Columns, isMarked: boolean): Line {
  const {sign, tone} = markSigns[mark];
  const isOut = mark === 'out-locked' || mark === 'not-choosable';
  return [
    span(isMarked ? ' ▸ ' : '   ', 'accent'),
    span(sign, tone),
    span(changed ? '*' : ' ', 'warn'),
    span(' '),
    span(padTo(name, widths.name), isMarked ? 'accent' : isOut ? 'dim' : 'plain'),
    ...(widths.value === 0 ? [] : [span('  '), span(padTo(value, widths.value), changed ? 'strong' : 'plain')]),
    span(widths.note < 8 ? '' : `  ${cut(note, widths.note)}`, 'dim'),
  ];
}
