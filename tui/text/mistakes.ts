// SPDX-License-Identifier: BSD-3-Clause

import {counted} from '../../toolkit/engine.ts';
import type {Sheet, State} from '../model/state.ts';
import {cut, type Line, paragraph, span, type Tone} from './line.ts';
import type {SheetText} from './sheet.ts';

/** Mistakes with the lines that they are in; and ways out of them. */
export function mistakesText(
  state: State,
  {mistakes, fixes, refused, row}: Extract<Sheet, {kind: 'mistakes'}>,
  columns: number,
): SheetText {
  const intro = refused
    ? 'That would be a mistake, so nothing was changed.'
    : `${state.file} has ${counted(mistakes.length, 'mistake')}.`;
  const lines: Line[] = [...paragraph(intro, {columns, tone: 'strong'}), []];
  for (const {text} of mistakes)
    lines.push(...text.split('\n').map((line): Line => [span(cut(line, columns), toneOf(line))]), []);
  let seen: readonly [number, number] = [0, 1];
  if (refused) return {title: 'Not changed', lines};
  if (fixes === undefined) lines.push([span('Looking for ways out …', 'dim')]);
  else if (fixes.length === 0) {
    lines.push(
      ...paragraph('Mend it in an editor: this screen reads the file again when it changes.', {columns, tone: 'dim'}),
    );
  } else lines.push([span('What would help:', 'dim')]);
  fixes?.forEach(({text, left}, index) => {
    const isMarked = index === row;
    if (isMarked) seen = [lines.length, lines.length + 1];
    const note = left === 0 ? 'Then it is right.' : `Then ${counted(left, 'mistake')} would be left.`;
    lines.push([
      span(isMarked ? '▸ ' : '  ', 'accent'),
      span(cut(`${index + 1}. ${text}`, columns - 2), isMarked ? 'accent' : 'plain'),
      span(`  ${note}`, 'dim'),
    ]);
  });
  return {title: 'Problems', lines, seen};
}

function toneOf(line: string): Tone {
  if (/^\s+(\d+)? *\|/.test(line)) return /^[\s|~^]+$/.test(line) ? 'bad' : 'dim';
  return /^\s+help:/.test(line) ? 'good' : 'plain';
}
