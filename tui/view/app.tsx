// SPDX-License-Identifier: BSD-3-Clause

import {Box} from 'ink';
import type {ReactElement} from 'react';
import {layoutOf, least, sheetRoom} from '../model/layout.ts';
import {listRoom} from '../model/moves.ts';
import {rowsNow} from '../model/rows.ts';
import {placeNow, type State} from '../model/state.ts';
import {detailsText} from '../text/details.ts';
import {costLine, keysLine, messageLine, pathLine, titleLine, widthOfLine} from '../text/frame.ts';
import {type Line, span} from '../text/line.ts';
import {listText} from '../text/list.ts';
import {sheetText} from '../text/sheet.ts';
import {type Drawing, DrawingContext, Lines, TextLine} from './text-line.tsx';

/** The whole screen. */
export function App({state, drawing}: {readonly state: State; readonly drawing: Drawing}): ReactElement {
  const {columns, rows} = state.size;
  return (
    <DrawingContext value={drawing}>
      <Box flexDirection="column" width={columns} height={rows}>
        {columns < least.columns || rows < least.rows ? (
          <TextLine line={[span(`At least ${least.columns} columns and ${least.rows} rows are needed.`)]} />
        ) : (
          <Screen state={state} />
        )}
      </Box>
    </DrawingContext>
  );
}

function Screen({state}: {readonly state: State}): ReactElement {
  const rule: Line = [span('─'.repeat(state.size.columns), 'dim')];
  return (
    <>
      <TextLine line={titleLine(state)} />
      <TextLine line={pathLine(state)} />
      <TextLine line={rule} />
      {state.sheet === undefined ? <List state={state} /> : <Sheet state={state} />}
      <TextLine line={rule} />
      <TextLine line={messageLine(state)} />
      <TextLine line={costLine(state)} />
      <TextLine line={keysLine(state)} />
    </>
  );
}

/** The rows of a screen, and what is said of the one that is marked. */
function List({state}: {readonly state: State}): ReactElement {
  const {details, listColumns, listRows, detailsRows, columns} = layoutOf(state.size);
  const {row, top} = placeNow(state);
  const list = listText(rowsNow(state), {row, top, room: listRoom(state), columns: listColumns});
  const lines = [...queryLines(state), ...list];
  const said = detailsText(state).map((line): Line => [span(' '), ...line]);
  if (details === 'below') {
    return (
      <>
        <Lines lines={lines} rows={listRows} />
        <TextLine line={[span('─'.repeat(columns), 'dim')]} />
        <Lines lines={said} rows={detailsRows} />
      </>
    );
  }
  const both = Array.from({length: listRows}, (_, row) => beside(lines[row] ?? [], said[row] ?? [], listColumns));
  return <Lines lines={both} rows={listRows} />;
}

function beside(left: Line, right: Line, columns: number): Line {
  const gap = Math.max(0, columns - widthOfLine(left));
  return [...left, span(' '.repeat(gap)), span(' │', 'dim'), ...right];
}

/** What is searched for, and how much was found. */
function queryLines(state: State): readonly Line[] {
  const {screen} = placeNow(state);
  if (screen.kind !== 'search') {
    return rowsNow(state).length > 0 ? [] : [[span(emptyWords(state), 'dim')]];
  }
  const count = rowsNow(state).length;
  const found = screen.query.trim() === '' ? 'names, summaries and help texts' : count === 0 ? 'nothing has that' : '';
  return [[span('   / ', 'accent'), span(screen.query), span(' ', 'cursor'), span(`  ${found}`, 'dim')], []];
}

function emptyWords(state: State): string {
  if (state.catalog === 'loading') return '   The catalog is being read …';
  const {screen} = placeNow(state);
  if (screen.kind === 'changed') return '   Nothing differs from the defaults.';
  return screen.kind === 'image' ? '   There is no image as things stand.' : '   Nothing is here.';
}

function Sheet({state}: {readonly state: State}): ReactElement {
  const {title, lines, seen} = sheetText(state);
  const room = sheetRoom(state.size);
  const top = seen === undefined ? topOf(state, lines.length - room) : topFor(seen, {count: lines.length, room});
  const shown = lines.slice(top, top + room).map((line): Line => [span('  '), ...line]);
  const heading: Line = [
    span(`  ${title}`, 'strong'),
    ...(lines.length > room
      ? [span(`   ${top + 1}–${Math.min(lines.length, top + room)} of ${lines.length}`, 'dim')]
      : []),
  ];
  return <Lines lines={[heading, ...shown]} rows={room + 1} />;
}

function topOf({sheet}: State, last: number): number {
  return sheet !== undefined && 'top' in sheet ? Math.max(0, Math.min(sheet.top, last)) : 0;
}

/** As little scrolled as shows what is marked. */
function topFor([from, to]: readonly [number, number], {count, room}: {count: number; room: number}): number {
  if (count <= room || to <= room) return 0;
  return Math.min(from, to - room, count - room);
}
