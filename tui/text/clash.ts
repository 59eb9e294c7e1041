// SPDX-License-Identifier: BSD-3-Clause

import {counted, listing, printRoundSize, type RepairView} from '../../toolkit/engine.ts';
import {signedSize} from '../model/edits.ts';
import {imageNow} from '../model/now.ts';
import type {Sheet, State} from '../model/state.ts';
import {diffText} from './diff.ts';
import {type Line, paragraph, span} from './line.ts';
import {placed} from './sentence.ts';
import type {SheetText} from './sheet.ts';

/** The facts that clash, in sentences; and what would help, each with what would come of it. */
export function clashText(state: State, sheet: Extract<Sheet, {kind: 'clash'}>, columns: number): SheetText {
  const {clash, wanted, row} = sheet;
  const facts = clash.facts.flatMap((fact, index) => placed(fact, {columns, lead: `${index + 1}. `}));
  const lines: Line[] = [
    ...paragraph(
      `There ${wanted === undefined ? 'is' : 'would be'} no image for ${clash.target}: these do not go together.`,
      {columns, tone: 'strong'},
    ),
    [],
    ...facts,
    [],
  ];
  let seen: readonly [number, number] = [0, 1];
  if (clash.repairs.length === 0) {
    lines.push(
      ...paragraph(
        wanted === undefined
          ? 'No change of the Kraftfile alone would help.'
          : 'Nothing but to leave it as it is would help.',
        {columns, tone: 'dim'},
      ),
    );
  } else lines.push([span('What would help, the smallest change first:', 'dim')]);
  clash.repairs.forEach((repair, index) => {
    const from = lines.length;
    const isMarked = index === row;
    lines.push(
      ...paragraph(repair.text, {
        columns,
        tone: isMarked ? 'accent' : 'plain',
        lead: isMarked ? `▸ ${index + 1}. ` : `  ${index + 1}. `,
        indent: '     ',
      }),
    );
    if (isMarked) lines.push(...preview(state, repair, columns - 5).map((line): Line => [span('     '), ...line]));
    if (isMarked) seen = [from, lines.length];
  });
  return {title: wanted?.title ?? 'There is no image', lines, seen};
}

/** What turns on, what turns off, the lines of the Kraftfile, the cost. */
function preview(state: State, {on, off, otherwise, lines, cost}: RepairView, columns: number): readonly Line[] {
  const before = imageNow(state)?.estimate;
  const delta =
    before === undefined ? '' : ` (${cost.size === before.size ? 'the same' : signedSize(cost.size - before.size)})`;
  return [
    ...(on.length === 0 ? [] : paragraph(`on   ${listing(on)}`, {columns, tone: 'good', indent: '     '})),
    ...(off.length === 0 ? [] : paragraph(`off  ${listing(off)}`, {columns, tone: 'bad', indent: '     '})),
    ...otherwise.flatMap((text) => paragraph(`     ${text}`, {columns})),
    ...diffText(lines, columns),
    [
      span(
        `${counted(cost.libs, 'lib')}: ${printRoundSize(cost.size)}${delta}, in memory ${printRoundSize(cost.memory)}`,
        'dim',
      ),
    ],
  ];
}
