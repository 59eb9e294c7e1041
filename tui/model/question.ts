// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../../toolkit/engine.ts';
import {building} from './act.ts';
import {reapplied} from './answers.ts';
import type {Question, State} from './state.ts';

/** A way to answer a question. */
interface Answer {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly act: (state: State) => State;
}

const goOn: Answer = {key: 'n', name: 'Go on', note: 'Back to where you were.', act: (state) => state};

export function questionRows(question: Question): readonly Answer[] {
  switch (question) {
    case 'quit':
      return [
        {key: 's', name: 'Save and quit', note: '', act: (state) => ({...state, saving: 'quit'})},
        {
          key: 'd',
          name: 'Quit without saving',
          note: 'What you changed here is gone then.',
          act: (state) => ({...state, quit: 0}),
        },
        goOn,
      ];
    case 'build':
      return [
        {
          key: 's',
          name: 'Save and build',
          note: 'The build takes what stands in the Kraftfile.',
          act: (state) => ({...state, saving: 'build'}),
        },
        {key: 'b', name: 'Build what was saved', note: 'Without what you changed here.', act: building},
        goOn,
      ];
    case 'elsewhere':
      return [
        {
          key: 'r',
          name: 'Read it, and make my changes again',
          note: 'What you changed here is put on top of what stands there now.',
          act: reapplied,
        },
        {
          key: 'o',
          name: 'Keep mine',
          note: 'Saving then writes over what stands there now.',
          act: (state) => ({...state, saved: state.elsewhere ?? state.saved}),
        },
        {...goOn, note: 'Nothing is written, and nothing is read.'},
      ];
    default:
      return unreachable(question);
  }
}

export function questionText(question: Question): string {
  switch (question) {
    case 'quit':
      return 'Some changes are not saved.';
    case 'build':
      return 'Some changes are not saved, and only what is saved is built.';
    case 'elsewhere':
      return 'Another program has changed the Kraftfile meanwhile.';
    default:
      return unreachable(question);
  }
}

export function answerQuestion(state: State): State {
  const {sheet} = state;
  if (sheet?.kind !== 'question') return state;
  const answer = questionRows(sheet.question)[sheet.row];
  return answer === undefined ? state : answer.act({...state, sheet: undefined});
}
