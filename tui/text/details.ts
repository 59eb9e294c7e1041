// SPDX-License-Identifier: BSD-3-Clause

import {layoutOf} from '../model/layout.ts';
import {imageNow, standings} from '../model/now.ts';
import type {Row} from '../model/row.ts';
import {rowNow} from '../model/rows.ts';
import type {State} from '../model/state.ts';
import {helpText} from './help.ts';
import {type Line, paragraph} from './line.ts';

/** What is said of the row that is marked, beside the list or below it. */
export function detailsText(state: State): readonly Line[] {
  const {details, detailsColumns, detailsRows} = layoutOf(state.size);
  const row = rowNow(state);
  if (row === undefined) return [];
  const columns = detailsColumns - 2;
  const lines =
    details === 'beside' && row.thing !== undefined
      ? helpText(state, row.thing, columns)
      : shortText(state, row, columns);
  return lines.slice(0, detailsRows);
}

/** Its note whole, and in a sentence how it stands. */
function shortText(state: State, row: Row, columns: number): readonly Line[] {
  const standing = standingSentence(state, row);
  return [...paragraph(row.note, {columns}), ...(standing === '' ? [] : paragraph(standing, {columns, tone: 'dim'}))];
}

function standingSentence(state: State, {thing, mark, note}: Row): string {
  if (thing?.kind !== 'lib' || state.catalog === 'loading') return '';
  const lib = state.catalog.libs.get(thing.name);
  if (lib === undefined) return '';
  const {asked, locked} = standings(state)(lib);
  const inside = imageNow(state)?.libs.find(({name}) => name === lib.name);
  if (asked && inside === undefined) return 'The Kraftfile asks for it.';
  if (inside?.because === note) return locked ? 'It is locked: w says why.' : `${lib.license}, ${lib.category}.`;
  if (inside !== undefined) return `In the image${locked ? ', and locked' : ''}: ${inside.because}`;
  if (locked || mark === 'not-choosable') return 'It cannot be in the image as things stand. w says why.';
  return 'Not in the image: nothing asks for it.';
}
