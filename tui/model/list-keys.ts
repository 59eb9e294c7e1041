// SPDX-License-Identifier: BSD-3-Clause

import {
  changedOnly,
  help,
  pressEnter,
  pressRight,
  pressSpace,
  quit,
  save,
  startBuild,
  startSearch,
  why,
} from './act.ts';
import {always, type Binding} from './binding.ts';
import {redo, undo} from './edits.ts';
import {listRoom, moveBy, moveTo, up} from './moves.ts';
import type {Press} from './row.ts';
import {rowNow, rowsNow} from './rows.ts';
import {isUnsaved, placeNow} from './state.ts';

const steps: Readonly<Record<string, number>> = {up: -1, k: -1, down: 1, j: 1, 'wheel-up': -3, 'wheel-down': 3};

/** Keys in a list. The status line names them in this order, as long as there is room. */
export const listBindings: readonly Binding[] = [
  {
    keys: ['up', 'k', 'down', 'j', 'wheel-up', 'wheel-down'],
    shown: '↑↓',
    label: always('move'),
    means: 'Move by a row; k and j do too, and the mouse wheel.',
    act: (state, key) => moveBy(state, steps[key] ?? 0),
  },
  {
    keys: ['enter'],
    shown: 'Enter',
    label: (state) =>
      rowNow(state)?.opens === undefined ? pressWord(rowNow(state)?.enter ?? rowNow(state)?.space) : 'open',
    means: 'Open what is marked, or change it.',
    act: pressEnter,
  },
  {keys: ['right', 'l'], shown: '→', label: () => undefined, means: 'Open what is marked.', act: pressRight},
  {
    keys: ['left', 'esc', 'h', 'backspace'],
    shown: '←',
    label: ({places}) => (places.length > 1 ? 'back' : undefined),
    means: 'Go back up; Esc does too.',
    act: up,
  },
  {
    keys: ['space'],
    shown: 'Space',
    label: (state) => pressWord(rowNow(state)?.space),
    means: 'Switch on and off, or take the next value.',
    act: pressSpace,
  },
  {
    keys: ['/'],
    shown: '/',
    label: always('search'),
    means: 'Search names, summaries and help texts.',
    act: startSearch,
  },
  {
    keys: ['?'],
    shown: '?',
    label: always('help'),
    means: 'Explain what is marked; on the first screen, these keys.',
    act: help,
  },
  {
    keys: ['w'],
    shown: 'w',
    label: (state) => (rowNow(state)?.thing === undefined ? undefined : 'why'),
    means: 'Say why it is on, off or locked.',
    act: why,
  },
  {
    keys: ['u'],
    shown: 'u',
    label: ({past, waiting}) => (past.length + waiting.length > 0 ? 'undo' : undefined),
    means: 'Take the last change back.',
    act: undo,
  },
  {
    keys: ['ctrl-r'],
    shown: '^R',
    label: ({future}) => (future.length > 0 ? 'redo' : undefined),
    means: 'Do again what was taken back.',
    act: redo,
  },
  {
    keys: ['s'],
    shown: 's',
    label: (state) => (isUnsaved(state) ? 'save' : undefined),
    means: 'Write the Kraftfile.',
    act: save,
  },
  {
    keys: ['d'],
    shown: 'd',
    label: (state) => (isUnsaved(state) ? 'diff' : undefined),
    means: 'Show which lines of the Kraftfile would change.',
    act: (state) => ({...state, sheet: {kind: 'diff', top: 0}}),
  },
  {keys: ['q'], shown: 'q', label: always('quit'), means: 'Leave; what is not saved is asked about.', act: quit},
  {
    keys: ['b'],
    shown: 'b',
    label: always('build'),
    means: 'Build the image, and see what it really comes to.',
    act: startBuild,
  },
  {
    keys: ['c'],
    shown: 'c',
    label: (state) => (placeNow(state).screen.kind === 'changed' ? 'all' : 'changed'),
    means: 'Show only what differs from the defaults; again: everything.',
    act: changedOnly,
  },
  {
    keys: ['pageup', 'ctrl-b'],
    shown: 'PgUp',
    label: () => undefined,
    means: 'Move by a page, with PgDn.',
    act: (state) => moveBy(state, 1 - listRoom(state)),
  },
  {
    keys: ['pagedown', 'ctrl-f'],
    shown: 'PgDn',
    label: () => undefined,
    means: '',
    act: (state) => moveBy(state, listRoom(state) - 1),
  },
  {
    keys: ['home', 'g'],
    shown: 'Home',
    label: () => undefined,
    means: 'Move to the first row; End, to the last.',
    act: (state) => moveTo(state, 0),
  },
  {
    keys: ['end', 'G'],
    shown: 'End',
    label: () => undefined,
    means: '',
    act: (state) => moveTo(state, rowsNow(state).length - 1),
  },
];

function pressWord(press: Press | undefined): string | undefined {
  switch (press?.kind) {
    case undefined:
      return undefined;
    case 'edit':
      return 'change';
    case 'choices':
      return 'choose';
    case 'input':
      return 'edit';
    case 'problems':
      return 'see';
    case 'look-at':
      return 'show';
    case 'tell':
      return undefined;
  }
}
