// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../../toolkit/engine.ts';
import {want} from './edits.ts';
import {open, up} from './moves.ts';
import type {Press} from './row.ts';
import {rowNow} from './rows.ts';
import {isUnsaved, placeNow, type Question, type Sheet, type State} from './state.ts';

export function press(state: State, what: Press | undefined): State {
  if (what === undefined) return state;
  switch (what.kind) {
    case 'edit':
      return want(state, {step: {kind: 'edits', edits: what.edits}, title: what.title});
    case 'choices': {
      const row = what.choices.findIndex(({chosen}) => chosen);
      return {...state, sheet: {kind: 'choices', title: what.title, choices: what.choices, row: Math.max(0, row)}};
    }
    case 'input': {
      const {input, text} = what;
      return {...state, sheet: {kind: 'input', input, text, cursor: [...text].length}};
    }
    case 'look-at':
      return {...state, target: what.target, message: {tone: 'plain', text: `Shown: ${what.target}.`}};
    case 'tell':
      return {...state, message: {tone: 'plain', text: what.text}};
    case 'problems':
      return {...state, showing: 'problems'};
    default:
      return unreachable(what);
  }
}

export function pressSpace(state: State): State {
  return press(state, rowNow(state)?.space);
}

/** Enter opens what there is to open, and else does what it means for the row. */
export function pressEnter(state: State): State {
  const row = rowNow(state);
  if (row?.opens !== undefined) return open(state, row.opens);
  return press(state, row?.enter ?? row?.space);
}

export function pressRight(state: State): State {
  const row = rowNow(state);
  return row?.opens === undefined ? press(state, row?.enter) : open(state, row.opens);
}

export function help(state: State): State {
  const thing = rowNow(state)?.thing;
  return {...state, sheet: thing === undefined ? {kind: 'keys', top: 0} : {kind: 'help', thing, top: 0}};
}

export function why(state: State): State {
  const thing = rowNow(state)?.thing;
  if (thing === undefined)
    return {...state, message: {tone: 'plain', text: 'Move to a lib, an interface or an option.'}};
  return {...state, sheet: {kind: 'why', thing, text: state.draft.text, explanation: undefined, top: 0}};
}

/** Only what differs from the defaults; and back. */
export function changedOnly(state: State): State {
  return placeNow(state).screen.kind === 'changed' ? up(state) : open(state, {kind: 'changed'});
}

export function startSearch(state: State): State {
  return open(state, {kind: 'search', query: ''});
}

export function save(state: State): State {
  if (!isUnsaved(state)) return {...state, message: {tone: 'plain', text: `${state.file} says all this already.`}};
  if (state.draft.mistakes.length > 0) {
    return {
      ...state,
      showing: 'problems',
      message: {tone: 'bad', text: 'There are mistakes left. It is saved once they are mended.'},
    };
  }
  return {...state, saving: 'stay', message: {tone: 'plain', text: 'Saving …'}};
}

export function quit(state: State): State {
  return isUnsaved(state) ? ask(state, 'quit') : {...state, quit: 0};
}

/** Ctrl-C: with nothing to lose it is over; else it is asked, and a second one does not wait for the answer. */
export function interrupt(state: State): State {
  const isAsked = state.sheet?.kind === 'question' && state.sheet.question === 'quit';
  return isUnsaved(state) && !isAsked ? ask(state, 'quit') : {...state, quit: 130};
}

export function startBuild(state: State): State {
  const target = state.draft.targets.find((each) => each.target === state.target) ?? state.draft.targets[0];
  if (target?.answer.kind !== 'image') return {...state, showing: 'problems'};
  if (isUnsaved(state)) return ask(state, 'build');
  return building(state);
}

export function building(state: State): State {
  const target = state.draft.targets.find((each) => each.target === state.target) ?? state.draft.targets[0];
  if (target === undefined) return state;
  const sheet: Sheet = {
    kind: 'build',
    target: target.target,
    done: 0,
    total: 0,
    step: '',
    lines: [],
    stopping: false,
    result: undefined,
    top: 0,
  };
  return {...state, sheet};
}

export function ask(state: State, question: Question): State {
  return {...state, sheet: {kind: 'question', question, row: 0}};
}
