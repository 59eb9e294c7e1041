// SPDX-License-Identifier: BSD-3-Clause

import {Text} from 'ink';
import {createContext, createElement, Fragment, type ReactElement, useContext} from 'react';
import {type Look, painted} from '../terminal/look.ts';
import type {Signs} from '../terminal/signs.ts';
import type {Line} from '../text/line.ts';

/** How lines are drawn: what the terminal can show, and who draws them where Ink does not. */
export interface Drawing {
  readonly look: Look;
  readonly signs?: Signs;
}

export const DrawingContext = createContext<Drawing>({look: {colours: 'none', letters: 'unicode'}});

/** One line of the screen, which is as long as it may be already. */
export function TextLine({line}: {readonly line: Line}): ReactElement {
  const {look, signs} = useContext(DrawingContext);
  const text = painted(line, look);
  // Ink gives an empty text no height.
  return <Text wrap="truncate">{signs?.of(text) ?? (text || ' ')}</Text>;
}

/** Lines below each other, and room for those that are not there. */
export function Lines({lines, rows}: {readonly lines: readonly Line[]; readonly rows: number}): ReactElement {
  const all = [...lines.slice(0, rows), ...Array.from({length: Math.max(0, rows - lines.length)}, (): Line => [])];
  // A line has no name but its place, so they are children one by one rather than a list with keys.
  return createElement(Fragment, null, ...all.map((line) => createElement(TextLine, {line})));
}
