// SPDX-License-Identifier: BSD-3-Clause

import {
  type Attempt,
  type Built,
  type ClashSheet,
  type Event,
  type Explanation,
  type Fix,
  type OpenedFile,
  type Reading,
  type Saved,
  type StandingView,
  unreachable,
} from '../../toolkit/engine.ts';
import {buildEvent, elsewhere, examined, saved} from './answers.ts';
import type {CatalogIndex} from './catalog-index.ts';
import {attempted} from './edits.ts';
import {pressKey} from './keys.ts';
import {settled} from './moves.ts';
import {withProblems} from './problems.ts';
import type {Size, State, Wanted} from './state.ts';

/** What happens: a key, another size, or an answer of the engine. */
export type Action =
  | {readonly type: 'key'; readonly key: string}
  | {readonly type: 'size'; readonly size: Size}
  | {readonly type: 'catalog'; readonly catalog: CatalogIndex}
  | {readonly type: 'examined'; readonly reading: Reading}
  | {readonly type: 'attempted'; readonly wanted: Wanted; readonly attempt: Attempt}
  | {readonly type: 'standing'; readonly text: string; readonly target: string; readonly standing: StandingView}
  | {readonly type: 'explained'; readonly name: string; readonly explanation: Explanation}
  | {readonly type: 'clash'; readonly text: string; readonly clash: ClashSheet | undefined}
  | {readonly type: 'fixes'; readonly text: string; readonly fixes: readonly Fix[]}
  | {readonly type: 'saved'; readonly text: string; readonly result: Saved}
  | {readonly type: 'disk'; readonly text: string | undefined}
  | {readonly type: 'event'; readonly event: Event}
  | {readonly type: 'built'; readonly result: Built};

/** The first state: what was found in the file, before the catalog is read. */
export function stateOf({path, reading}: OpenedFile, size: Size): State {
  return {
    file: path,
    saved: reading.text,
    draft: reading,
    examined: false,
    past: [],
    future: [],
    waiting: [],
    catalog: 'loading',
    standing: undefined,
    target: undefined,
    places: [{screen: {kind: 'home'}, row: 0, top: 0}],
    sheet: undefined,
    message: undefined,
    saving: undefined,
    showing: undefined,
    base: undefined,
    elsewhere: undefined,
    size,
    quit: undefined,
  };
}

/** The next state. Pure: the engine is asked by whoever reads `wantsOf`. */
export function reduce(state: State, action: Action): State {
  return withProblems(next(state, action));
}

function next(state: State, action: Action): State {
  switch (action.type) {
    case 'key':
      return pressKey(state, action.key);
    case 'size':
      return settled(state, {...state, size: action.size});
    case 'catalog':
      return settled(state, {...state, catalog: action.catalog});
    case 'examined':
      return examined(state, action.reading);
    case 'attempted':
      return attempted(state, action.wanted, action.attempt);
    case 'standing':
      return settled(state, {...state, standing: {...action.standing, text: action.text, target: action.target}});
    case 'explained': {
      const {sheet} = state;
      if (sheet?.kind !== 'why' || sheet.thing.name !== action.name) return state;
      return {...state, sheet: {...sheet, explanation: action.explanation}};
    }
    case 'clash': {
      const {clash} = action;
      if (action.text !== state.draft.text || state.showing === undefined) return state;
      const shown = {...state, showing: undefined};
      if (clash === undefined || state.sheet !== undefined) return shown;
      return {...shown, sheet: {kind: 'clash', wanted: undefined, clash, row: 0, top: 0}};
    }
    case 'fixes': {
      const {sheet} = state;
      if (sheet?.kind !== 'mistakes' || sheet.text !== action.text || sheet.refused) return state;
      return {...state, sheet: {...sheet, fixes: action.fixes}};
    }
    case 'saved':
      return saved(state, action);
    case 'disk':
      return elsewhere(state, action.text);
    case 'event':
      return buildEvent(state, action.event);
    case 'built': {
      const {sheet} = state;
      if (sheet?.kind !== 'build') return state;
      // The engine has other figures now.
      return {...state, sheet: {...sheet, result: action.result, top: 0}, examined: false};
    }
    default:
      return unreachable(action);
  }
}
