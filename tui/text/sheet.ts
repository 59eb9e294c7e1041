// SPDX-License-Identifier: BSD-3-Clause

import {changedLines, unreachable} from '../../toolkit/engine.ts';
import {readInput} from '../model/input.ts';
import {sheetColumns} from '../model/layout.ts';
import {questionRows, questionText} from '../model/question.ts';
import type {Sheet, State} from '../model/state.ts';
import {buildText} from './build.ts';
import {clashText} from './clash.ts';
import {diffText} from './diff.ts';
import {helpText} from './help.ts';
import {keysText} from './keys.ts';
import {cut, type Line, padTo, paragraph, span, widthOf} from './line.ts';
import {mistakesText} from './mistakes.ts';
import {placed} from './sentence.ts';

/** The text of a sheet. */
export interface SheetText {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Lines that must be seen: what is marked. The first, and the one after the last. */
  readonly seen?: readonly [number, number];
}

let last: {readonly state: State; readonly text: SheetText} | undefined;

/** The text of the sheet that lies on the screen. */
export function sheetText(state: State): SheetText {
  if (last?.state !== state) last = {state, text: textOf(state)};
  return last.text;
}

function textOf(state: State): SheetText {
  const {sheet, size} = state;
  const columns = sheetColumns(size);
  if (sheet === undefined) return {title: '', lines: []};
  switch (sheet.kind) {
    case 'help':
      return {title: sheet.thing.name, lines: helpText(state, sheet.thing, columns)};
    case 'keys':
      return {title: 'Keys', lines: keysText(columns)};
    case 'why':
      return {title: `Why: ${sheet.thing.name}`, lines: whyText(sheet, columns)};
    case 'diff':
      return {
        title: `What would change in ${state.file}`,
        lines: diffText(changedLines(state.saved, state.draft.text), columns),
      };
    case 'clash':
      return clashText(state, sheet, columns);
    case 'mistakes':
      return mistakesText(state, sheet, columns);
    case 'choices':
      return {
        title: sheet.title,
        ...marked(
          sheet.choices.map(({name, note, chosen}) => ({name: `${name}${chosen ? '  (now)' : ''}`, note})),
          sheet.row,
          columns,
        ),
      };
    case 'input':
      return {title: sheet.input.title, lines: inputText(sheet, columns)};
    case 'question': {
      const rows = questionRows(sheet.question).map(({key, name, note}) => ({name: `${key}  ${name}`, note}));
      const question = paragraph(questionText(sheet.question), {columns, tone: 'strong'});
      const {lines} = marked(rows, sheet.row, columns);
      return {title: 'Before that', lines: [...question, [], ...lines]};
    }
    case 'build':
      return buildText(state, sheet, columns);
    default:
      return unreachable(sheet);
  }
}

function whyText({explanation}: Extract<Sheet, {kind: 'why'}>, columns: number): readonly Line[] {
  if (explanation === undefined) return [[span('Looking …', 'dim')]];
  const {title, chain} = explanation;
  return [
    ...paragraph(title, {columns, tone: 'strong'}),
    ...(chain.length === 0 ? [] : [[]]),
    ...chain.flatMap((sentence, index) => placed(sentence, {columns, lead: chain.length > 1 ? `${index + 1}. ` : ''})),
  ];
}

/** Rows of which one is marked. */
export function marked(
  rows: readonly {readonly name: string; readonly note: string}[],
  row: number,
  columns: number,
): {readonly lines: readonly Line[]; readonly seen: readonly [number, number]} {
  const width = Math.min(40, Math.max(...rows.map(({name}) => widthOf(name))));
  const lines = rows.map(({name, note}, index): Line => {
    const isMarked = index === row;
    return [
      span(isMarked ? '▸ ' : '  ', 'accent'),
      span(padTo(name, width), isMarked ? 'accent' : 'plain'),
      span(`  ${cut(note, Math.max(0, columns - width - 4))}`, 'dim'),
    ];
  });
  return {lines, seen: [row, row + 1]};
}

function inputText({input, text, cursor}: Extract<Sheet, {kind: 'input'}>, columns: number): readonly Line[] {
  const typed = readInput(input, text);
  const letters = [...text];
  const room = columns - 4;
  const from = Math.max(0, cursor - room + 1);
  const shown = letters.slice(from, from + room);
  const at = cursor - from;
  return [
    ...paragraph(input.means, {columns}),
    [],
    [
      span('> ', 'accent'),
      span(shown.slice(0, at).join('')),
      span(shown[at] ?? ' ', 'cursor'),
      span(shown.slice(at + 1).join('')),
    ],
    [],
    ...paragraph(input.expects, {columns, tone: 'dim'}),
    ...(typed.ok ? [] : paragraph(typed.message, {columns, tone: 'bad'})),
  ];
}
