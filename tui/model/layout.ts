// SPDX-License-Identifier: BSD-3-Clause

import type {Row} from './row.ts';
import type {Size} from './state.ts';

/** How a screen of a size is divided. Columns and rows. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** The details of a row stand beside the list, or below it. */
  readonly details: 'beside' | 'below';
  readonly listColumns: number;
  readonly listRows: number;
  readonly detailsColumns: number;
  readonly detailsRows: number;
}

/** Below this there is no room for a list. */
export const least: Size = {columns: 40, rows: 10};

export function layoutOf({columns, rows}: Size): Layout {
  // The title, the path and a rule above; a rule, what was said last, the cost and the keys below.
  const body = Math.max(1, rows - 7);
  if (columns >= 110) {
    const detailsColumns = Math.min(64, Math.floor(columns * 0.36));
    return {
      columns,
      rows,
      details: 'beside',
      listColumns: columns - detailsColumns - 3,
      listRows: body,
      detailsColumns,
      detailsRows: body,
    };
  }
  const detailsRows = rows < 16 ? 1 : 2;
  return {
    columns,
    rows,
    details: 'below',
    listColumns: columns,
    listRows: Math.max(1, body - detailsRows - 1),
    detailsColumns: columns,
    detailsRows,
  };
}

/** A line of a list: a heading, or the row of an index. */
export type ListLine = string | number;

const known = new WeakMap<readonly Row[], readonly ListLine[]>();

/** The lines of rows, with a heading before each first one that stands under it. */
export function listLines(rows: readonly Row[]): readonly ListLine[] {
  const before = known.get(rows);
  if (before !== undefined) return before;
  const lines: ListLine[] = [];
  let heading: string | undefined;
  rows.forEach((row, index) => {
    if (row.heading !== undefined && row.heading !== heading) {
      if (lines.length > 0) lines.push('');
      lines.push(row.heading);
      heading = row.heading;
    }
    lines.push(index);
  });
  known.set(rows, lines);
  return lines;
}

/** The first line to show, so that the row is among `room` lines, with as little scrolling as possible. */
export function scrolled(rows: readonly Row[], {row, top, room}: {row: number; top: number; room: number}): number {
  const lines = listLines(rows);
  const at = Math.max(0, lines.indexOf(row));
  // The heading of the first row is seen with it.
  const first = row === 0 ? 0 : at;
  const last = Math.max(0, lines.length - room);
  if (first < top) return Math.max(0, Math.min(first, last));
  if (at >= top + room) return Math.min(last, at - room + 1);
  return Math.min(top, last);
}

/** Lines of a sheet's text, below its title. */
export function sheetRoom({rows}: Size): number {
  return Math.max(1, rows - 8);
}

/** Lines are easier to read when they are not too long. */
export function sheetColumns({columns}: Size): number {
  return Math.min(columns - 4, 100);
}
