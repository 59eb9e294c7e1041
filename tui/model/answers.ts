// SPDX-License-Identifier: BSD-3-Clause

import type {Event, Reading, Saved} from '../../toolkit/engine.ts';
import {building} from './act.ts';
import {settled} from './moves.ts';
import {hasProblems} from './problems.ts';
import type {Sheet, State} from './state.ts';

/** What the engine found out about the draft that was only glanced at. */
export function examined(state: State, reading: Reading): State {
  if (reading.text !== state.draft.text) return state;
  const base = reading.text === state.saved ? reading : state.base;
  const showing = hasProblems(reading) ? 'problems' : undefined;
  return settled(state, {...state, draft: reading, examined: true, base, showing});
}

/** What came of writing the draft. */
export function saved(state: State, {text, result}: {readonly text: string; readonly result: Saved}): State {
  const {saving, file} = state;
  const idle: State = {...state, saving: undefined};
  switch (result.kind) {
    case 'saved': {
      const base = state.draft.text === text ? state.draft : state.base;
      const written: State = {...idle, saved: text, base, message: {tone: 'good', text: `Saved ${file}.`}};
      if (saving === 'quit') return {...written, quit: 0};
      return saving === 'build' ? building(written) : written;
    }
    case 'changed':
      return elsewhere(idle, result.text);
    case 'failed':
      return {...idle, message: {tone: 'bad', text: `Not saved: ${result.message}`}};
  }
}

/** Somebody else wrote the file: with nothing to lose it is read again, else the user says what to do. */
export function elsewhere(state: State, text: string | undefined): State {
  if (text === undefined) {
    if (state.elsewhere === '') return state;
    return {
      ...state,
      elsewhere: '',
      message: {tone: 'bad', text: `${state.file} is gone. Saving writes it again.`},
      saved: '',
    };
  }
  if (text === state.saved || text === state.elsewhere) return state;
  if (state.draft.text === state.saved && state.waiting.length === 0)
    return {
      ...reread(state, text),
      message: {tone: 'plain', text: 'Another program has changed the Kraftfile. It was read again.'},
    };
  if (state.sheet !== undefined && state.sheet.kind !== 'question') return state;
  return {...state, elsewhere: text, sheet: {kind: 'question', question: 'elsewhere', row: 0}};
}

/** Begins anew with what stands in the file now. */
function reread(state: State, text: string): State {
  const draft: Reading = {...state.draft, text, mistakes: [], targets: []};
  return {
    ...state,
    saved: text,
    draft,
    examined: false,
    base: undefined,
    past: [],
    future: [],
    waiting: [],
    elsewhere: undefined,
    sheet: undefined,
  };
}

/** Reads the file, and wants all steps again that were taken since. */
export function reapplied(state: State): State {
  const {elsewhere: text, past, waiting} = state;
  if (text === undefined) return state;
  const steps = [...past, ...waiting].filter(({step}) => step.kind === 'edits');
  return {...reread(state, text), waiting: steps.map(({step, title}) => ({step, title}))};
}

const keptLines = 500;

/** What a build says while it runs. */
export function buildEvent(state: State, event: Event): State {
  const {sheet} = state;
  if (sheet?.kind !== 'build' || sheet.result !== undefined) return state;
  return {...state, sheet: afterEvent(sheet, event)};
}

type BuildSheet = Extract<Sheet, {kind: 'build'}>;

function afterEvent(sheet: BuildSheet, event: Event): BuildSheet {
  if (event.type === 'fetch') return {...sheet, step: `Fetching ${event.source}`};
  if (event.type !== 'build') return sheet;
  if (event.reason === 'progress') {
    const {done, total, step} = event;
    return {...sheet, done, total, step: sheet.stopping ? sheet.step : step};
  }
  return {...sheet, lines: [...sheet.lines, ...event.text.trimEnd().split('\n')].slice(-keptLines)};
}
