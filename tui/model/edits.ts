// SPDX-License-Identifier: BSD-3-Clause

import {type Attempt, counted, type ImageView, printRoundSize, type Reading} from '../../toolkit/engine.ts';
import {settled} from './moves.ts';
import {hasProblems} from './problems.ts';
import type {Past, State, Wanted} from './state.ts';

/** Wants a step: it shows at once, and counts when the engine has not objected. */
export function want(state: State, wanted: Wanted): State {
  return settled(state, {...state, waiting: [...state.waiting, wanted], message: undefined});
}

/** What the engine says of the first step that waits. */
export function attempted(state: State, wanted: Wanted, attempt: Attempt): State {
  if (state.waiting[0] !== wanted) return state; // taken back meanwhile
  const waiting = state.waiting.slice(1);
  switch (attempt.kind) {
    case 'done':
      return settled(state, done({...state, waiting}, wanted, attempt.reading));
    case 'mistakes':
      return settled(state, {
        ...state,
        waiting,
        saving: undefined,
        sheet: {
          kind: 'mistakes',
          text: state.draft.text,
          mistakes: attempt.mistakes,
          fixes: [],
          refused: true,
          row: 0,
          top: 0,
        },
      });
    case 'clash':
      return {
        ...state,
        saving: undefined,
        sheet: {kind: 'clash', wanted, clash: attempt.sheet, row: 0, top: 0},
      };
  }
}

function done(state: State, {step, title}: Wanted, reading: Reading): State {
  const {draft, past} = state;
  if (reading.text === draft.text)
    return {...state, draft: reading, message: {tone: 'plain', text: 'The Kraftfile says so already.'}};
  const change = changeWords(imageOf(state, draft), imageOf(state, reading));
  return {
    ...state,
    draft: reading,
    examined: true,
    past: [...past, {step, title, draft}],
    future: [],
    showing: hasProblems(reading) ? 'problems' : undefined,
    message: {tone: 'good', text: `${title}.${change === '' ? '' : ` ${change}`}`},
  };
}

function imageOf({target}: State, {targets}: Reading): ImageView | undefined {
  const answer = (targets.find((each) => each.target === target) ?? targets[0])?.answer;
  return answer?.kind === 'image' ? answer : undefined;
}

/** `In: a, b. Out: c. +12 KiB.` */
function changeWords(before: ImageView | undefined, after: ImageView | undefined): string {
  if (before === undefined || after === undefined) return '';
  const was = new Set<string>(before.libs.map(({name}) => name));
  const is = new Set<string>(after.libs.map(({name}) => name));
  const on = after.libs.map(({name}) => name).filter((name) => !was.has(name));
  const off = before.libs.map(({name}) => name).filter((name) => !is.has(name));
  const size = after.estimate.size - before.estimate.size;
  return [
    on.length === 0 ? '' : `In: ${some(on)}.`,
    off.length === 0 ? '' : `Out: ${some(off)}.`,
    size === 0 ? '' : `${signedSize(size)}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function signedSize(bytes: number): string {
  return `${bytes < 0 ? '−' : '+'}${printRoundSize(Math.abs(bytes))}`;
}

function some(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

/** The step before: one that waits is dropped; else the draft is what it was. */
export function undo(state: State): State {
  const last = state.waiting.at(-1);
  if (last !== undefined)
    return settled(state, {...state, waiting: state.waiting.slice(0, -1), message: back(last.title)});
  const before = state.past.at(-1);
  if (before === undefined) return {...state, message: {tone: 'plain', text: 'There is nothing to take back.'}};
  const redoable: Past = {...before, draft: state.draft};
  return settled(state, {
    ...state,
    draft: before.draft,
    past: state.past.slice(0, -1),
    future: [...state.future, redoable],
    message: back(before.title),
  });
}

function back(title: string): State['message'] {
  return {tone: 'plain', text: `Taken back: ${title}.`};
}

/** The step that was taken back last. */
export function redo(state: State): State {
  const next = state.future.at(-1);
  if (next === undefined || state.waiting.length > 0)
    return {...state, message: {tone: 'plain', text: 'There is nothing to do again.'}};
  const undoable: Past = {...next, draft: state.draft};
  return settled(state, {
    ...state,
    draft: next.draft,
    past: [...state.past, undoable],
    future: state.future.slice(0, -1),
    message: {tone: 'plain', text: `Done again: ${next.title}.`},
  });
}

/** `2 changes`, of which the file knows nothing. */
export function unsavedWords({past, draft, saved, waiting}: State): string {
  if (draft.text === saved && waiting.length === 0) return '';
  const since = past.findLastIndex((each) => each.draft.text === saved);
  const count = (since === -1 ? past.length : past.length - since) + waiting.length;
  return `${counted(Math.max(1, count), 'change')} not saved`;
}
