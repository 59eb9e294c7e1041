// SPDX-License-Identifier: BSD-3-Clause

import {Text} from 'ink';
import {createContext, createElement, Fragment, memo, type ReactElement, useContext} from 'react';
import {type Look, painted} from '../terminal/look.ts';
import type {Line} from '../text/line.ts';

/** What the terminal can show. */
export const LookContext = createContext<Look>({colours: 'none', letters: 'unicode'});

/** One line of the screen, which is as long as it may be already. */
export const TextLine = memo(function TextLine({line}: {readonly line: Line}): ReactElement {
  const look = useContext(LookContext);
  // Ink gives an empty text no height.
  return <Text wrap="truncate">{painted(line, look) || ' '}</Text>;
});

/** Lines below each other, and room for those that are not there. */
export function Lines({lines, rows}: {readonly lines: readonly Line[]; readonly rows: number}): ReactElement {
  const all = [...lines.slice(0, rows), ...Array.from({length: Math.max(0, rows - lines.length)}, (): Line => [])];
  // A line has no name but its place, so they are children one by one rather than a list with keys.
  return createElement(Fragment, null, ...all.map((line) => createElement(TextLine, {line})));
}
