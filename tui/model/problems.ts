// SPDX-License-Identifier: BSD-3-Clause

import type {Reading} from '../../toolkit/engine.ts';
import type {State} from './state.ts';

/** Whether a draft is wrong, or has no image. */
export function hasProblems({mistakes, targets}: Reading): boolean {
  return mistakes.length > 0 || targets.some(({answer}) => answer.kind === 'clash');
}

/** Opens the sheet of problems that are to be shown: mistakes are known; a clash has to be asked about first. */
export function withProblems(state: State): State {
  const {draft, sheet, showing} = state;
  if (showing === undefined || !state.examined || sheet !== undefined) return state;
  if (!hasProblems(draft)) return {...state, showing: undefined};
  if (draft.mistakes.length === 0) return state;
  const {text, mistakes} = draft;
  return {
    ...state,
    showing: undefined,
    sheet: {kind: 'mistakes', text, mistakes, fixes: undefined, refused: false, row: 0, top: 0},
  };
}
