// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../../toolkit/engine.ts';
import {sheetText} from '../text/sheet.ts';
import {press} from './act.ts';
import {always, type Binding} from './binding.ts';
import {want} from './edits.ts';
import {inputEdits, readInput, typeKey} from './input.ts';
import {sheetRoom} from './layout.ts';
import {answerQuestion, questionRows} from './question.ts';
import type {Sheet, State} from './state.ts';

const close: Binding = {
  keys: ['esc', 'left', 'enter', 'q', 'h', 'backspace'],
  shown: 'Esc',
  label: always('close'),
  means: '',
  act: (state) => ({...state, sheet: undefined}),
};

const steps: Readonly<Record<string, number>> = {up: -1, k: -1, down: 1, j: 1, 'wheel-up': -3, 'wheel-down': 3};

/** Scrolls a text that is longer than the screen. */
const scroll: Binding = {
  keys: ['up', 'k', 'down', 'j', 'wheel-up', 'wheel-down', 'pageup', 'pagedown', 'space', 'home', 'end'],
  shown: '↑↓',
  label: (state) => (sheetText(state).lines.length > sheetRoom(state.size) ? 'scroll' : undefined),
  means: '',
  act(state, key) {
    const {sheet} = state;
    if (sheet === undefined || !('top' in sheet)) return state;
    const room = sheetRoom(state.size);
    const last = Math.max(0, sheetText(state).lines.length - room);
    const page = key === 'pageup' ? 1 - room : key === 'pagedown' || key === 'space' ? room - 1 : 0;
    const end = key === 'home' ? -last : key === 'end' ? last : 0;
    const top = Math.max(0, Math.min(last, Math.min(sheet.top, last) + (steps[key] ?? 0) + page + end));
    return {...state, sheet: {...sheet, top}};
  },
};

/** Moves among what can be taken. */
function choose(count: (sheet: Sheet) => number): Binding {
  return {
    keys: ['up', 'k', 'down', 'j', 'wheel-up', 'wheel-down'],
    shown: '↑↓',
    label: ({sheet}) => (sheet !== undefined && count(sheet) > 1 ? 'choose' : undefined),
    means: '',
    act(state, key) {
      const {sheet} = state;
      if (sheet === undefined || !('row' in sheet)) return state;
      const step = Math.sign(steps[key] ?? 0);
      const row = Math.max(0, Math.min(count(sheet) - 1, sheet.row + step));
      return {...state, sheet: {...sheet, row}};
    },
  };
}

export function sheetBindings(sheet: Sheet): readonly Binding[] {
  switch (sheet.kind) {
    case 'help':
      return [scroll, {...close, keys: [...close.keys, '?']}, whyInstead(sheet)];
    case 'why':
      return [scroll, {...close, keys: [...close.keys, 'w']}, helpInstead(sheet)];
    case 'keys':
      return [scroll, {...close, keys: [...close.keys, '?']}];
    case 'diff':
      return [scroll, {...close, keys: [...close.keys, 'd']}];
    case 'clash':
      return clashBindings;
    case 'mistakes':
      return mistakeBindings;
    case 'choices':
      return choiceBindings;
    case 'input':
      return inputBindings;
    case 'question':
      return questionBindings;
    case 'build':
      return sheet.result === undefined ? [stop, scroll] : [scroll, close];
    default:
      return unreachable(sheet);
  }
}

function whyInstead({thing}: Extract<Sheet, {kind: 'help'}>): Binding {
  return {
    keys: ['w'],
    shown: 'w',
    label: always('why'),
    means: '',
    act: (state) => ({...state, sheet: {kind: 'why', thing, text: state.draft.text, explanation: undefined, top: 0}}),
  };
}

function helpInstead({thing}: Extract<Sheet, {kind: 'why'}>): Binding {
  return {
    keys: ['?'],
    shown: '?',
    label: always('help'),
    means: '',
    act: (state) => ({...state, sheet: {kind: 'help', thing, top: 0}}),
  };
}

const clashBindings: readonly Binding[] = [
  choose((sheet) => (sheet.kind === 'clash' ? sheet.clash.repairs.length : 0)),
  {
    keys: ['enter'],
    shown: 'Enter',
    label: ({sheet}) => (sheet?.kind === 'clash' && sheet.clash.repairs.length > 0 ? 'take it' : undefined),
    means: '',
    act: takeRepair,
  },
  {keys: ['esc', 'left', 'q', 'h', 'n'], shown: 'Esc', label: always('take none'), means: '', act: takeNone},
];

function takeRepair(state: State): State {
  const {sheet} = state;
  if (sheet?.kind !== 'clash') return state;
  const repair = sheet.clash.repairs[sheet.row];
  if (repair === undefined) return state;
  const {wanted} = sheet;
  const rest = wanted === undefined ? state.waiting : state.waiting.slice(1);
  const before = wanted?.step.kind === 'edits' ? wanted.step.edits : [];
  const first = {
    step: {kind: 'edits', edits: [...before, ...repair.edits]},
    title: wanted === undefined ? repair.text.replace(/\.$/, '') : wanted.title,
  } as const;
  return {...state, sheet: undefined, waiting: [first, ...rest]};
}

function takeNone(state: State): State {
  const {sheet, waiting} = state;
  if (sheet?.kind !== 'clash') return state;
  if (sheet.wanted === undefined) return {...state, sheet: undefined};
  const text = `Nothing was changed: ${sheet.wanted.title} clashes.`;
  return {...state, sheet: undefined, waiting: waiting.slice(1), message: {tone: 'plain', text}};
}

const mistakeBindings: readonly Binding[] = [
  choose((sheet) => (sheet.kind === 'mistakes' ? (sheet.fixes?.length ?? 0) : 0)),
  {
    keys: ['enter'],
    shown: 'Enter',
    label: ({sheet}) => (sheet?.kind === 'mistakes' && (sheet.fixes?.length ?? 0) > 0 ? 'take it' : undefined),
    means: '',
    act(state) {
      const {sheet} = state;
      const fix = sheet?.kind === 'mistakes' ? sheet.fixes?.[sheet.row] : undefined;
      if (fix === undefined) return state;
      const title = fix.text.replace(/\.$/, '');
      return want({...state, sheet: undefined}, {step: {kind: 'text', text: fix.after}, title});
    },
  },
  {...scroll, keys: ['pageup', 'pagedown'], shown: 'PgDn'},
  {...close, keys: ['esc', 'left', 'q', 'h']},
];

const choiceBindings: readonly Binding[] = [
  choose((sheet) => (sheet.kind === 'choices' ? sheet.choices.length : 0)),
  {
    keys: ['enter', 'space', 'right'],
    shown: 'Enter',
    label: always('take it'),
    means: '',
    act(state) {
      const {sheet} = state;
      const choice = sheet?.kind === 'choices' ? sheet.choices[sheet.row] : undefined;
      if (sheet?.kind !== 'choices' || choice === undefined) return state;
      const without = {...state, sheet: undefined};
      if (choice.chosen) return without;
      return press(without, {kind: 'edit', title: `${sheet.title}: ${choice.name}`, edits: choice.edits});
    },
  },
  {...close, keys: ['esc', 'left', 'q', 'h']},
];

const inputBindings: readonly Binding[] = [
  {
    keys: ['enter'],
    shown: 'Enter',
    label: ({sheet}) => (sheet?.kind === 'input' && readInput(sheet.input, sheet.text).ok ? 'take it' : undefined),
    means: '',
    act(state) {
      const {sheet} = state;
      if (sheet?.kind !== 'input') return state;
      const typed = readInput(sheet.input, sheet.text);
      if (!typed.ok) return state;
      const said = typed.value === undefined ? 'the default' : sheet.text === '' ? 'empty' : sheet.text;
      const edits = inputEdits(state, sheet.input, typed.value);
      return press({...state, sheet: undefined}, {kind: 'edit', title: `${sheet.input.title}: ${said}`, edits});
    },
  },
  {...close, keys: ['esc'], label: always('leave it')},
  {keys: ['ctrl-u'], shown: '^U', label: always('clear'), means: '', act: typing},
  {keys: ['any'], shown: '', label: () => undefined, means: '', act: typing},
];

function typing(state: State, key: string): State {
  const {sheet} = state;
  const next = sheet?.kind === 'input' ? typeKey(sheet, key) : undefined;
  return next === undefined ? state : {...state, sheet: next};
}

const questionBindings: readonly Binding[] = [
  choose((sheet) => (sheet.kind === 'question' ? questionRows(sheet.question).length : 0)),
  {
    keys: ['enter', 'space'],
    shown: 'Enter',
    label: always('take it'),
    means: '',
    act: (state) => answerQuestion(state),
  },
  {...close, keys: ['esc', 'left', 'h'], label: always('go on')},
  {
    keys: ['any'],
    shown: '',
    label: () => undefined,
    means: '',
    act(state, key) {
      const {sheet} = state;
      if (sheet?.kind !== 'question') return state;
      const row = questionRows(sheet.question).findIndex((each) => each.key === key);
      return row === -1 ? state : answerQuestion({...state, sheet: {...sheet, row}});
    },
  },
];

const stop: Binding = {
  keys: ['esc', 'q', 'left'],
  shown: 'Esc',
  label: always('stop the build'),
  means: '',
  act(state) {
    const {sheet} = state;
    return sheet?.kind === 'build' ? {...state, sheet: {...sheet, step: 'Stopping …', stopping: true}} : state;
  },
};
