// SPDX-License-Identifier: BSD-3-Clause

import {printRoundSize} from '../../toolkit/engine.ts';
import {imageNow} from '../model/now.ts';
import type {Sheet, State} from '../model/state.ts';
import {cut, type Line, paragraph, span} from './line.ts';
import type {SheetText} from './sheet.ts';

/** How far a build is; then what came of it. */
export function buildText(state: State, sheet: Extract<Sheet, {kind: 'build'}>, columns: number): SheetText {
  const {target, done, total, step, lines: output, result} = sheet;
  const said = output.map((line): Line => [span(cut(line, columns))]);
  const title = `Build for ${target}`;
  if (result === undefined) {
    const counter = total === 0 ? '' : `  ${done} of ${total}`;
    return {
      title,
      lines: [
        bar(done, total, Math.min(40, columns)),
        [span(counter.trim(), 'strong')],
        [span(cut(step, columns), 'dim')],
        [],
        ...said,
      ],
    };
  }
  switch (result.kind) {
    case 'stopped':
      return {title, lines: [[span('The build was stopped. The next one goes on from there.')], [], ...said]};
    case 'failed':
      return {
        title,
        lines: [
          [span('There is no image.', 'bad')],
          [],
          ...result.mistakes.flatMap(({text}) => [
            ...text.split('\n').map((line): Line => [span(cut(line, columns))]),
            [],
          ]),
          ...said,
        ],
      };
    case 'built': {
      const estimate = imageNow(state)?.estimate.memory;
      return {
        title,
        lines: [
          ...paragraph(`${result.image} is there.`, {columns, tone: 'good'}),
          [],
          [span('in memory, measured   ', 'dim'), span(printRoundSize(result.loaded), 'strong')],
          ...(estimate === undefined
            ? []
            : [[span('in memory, estimated  ', 'dim'), span(printRoundSize(estimate))] satisfies Line]),
          [],
          [span(`To boot it: kraft-ts run --plat ${target.split('/')[0] ?? ''}`, 'dim')],
          [],
          ...said,
        ],
      };
    }
  }
}

function bar(done: number, total: number, columns: number): Line {
  const filled = total === 0 ? 0 : Math.round((columns * done) / total);
  return [span('━'.repeat(filled), 'accent'), span('─'.repeat(columns - filled), 'dim')];
}
