// SPDX-License-Identifier: BSD-3-Clause

import {pressEnter} from './act.ts';
import {always, type Binding} from './binding.ts';
import {listRoom, moveBy, moveTo, up, withPlace} from './moves.ts';
import {rowNow, rowsNow} from './rows.ts';
import {placeNow, type State} from './state.ts';

const steps: Readonly<Record<string, number>> = {up: -1, down: 1, 'wheel-up': -3, 'wheel-down': 3};

/** Keys in a search: letters are what is searched for. */
export const searchBindings: readonly Binding[] = [
  {
    keys: ['up', 'down', 'wheel-up', 'wheel-down'],
    shown: '↑↓',
    label: (state) => (rowsNow(state).length > 1 ? 'move' : undefined),
    means: 'Move among what was found.',
    act: (state, key) => moveBy(state, steps[key] ?? 0),
  },
  {
    keys: ['pageup'],
    shown: 'PgUp',
    label: () => undefined,
    means: '',
    act: (state) => moveBy(state, 1 - listRoom(state)),
  },
  {
    keys: ['pagedown'],
    shown: 'PgDn',
    label: () => undefined,
    means: '',
    act: (state) => moveBy(state, listRoom(state) - 1),
  },
  {keys: ['home'], shown: 'Home', label: () => undefined, means: '', act: (state) => moveTo(state, 0)},
  {
    keys: ['end'],
    shown: 'End',
    label: () => undefined,
    means: '',
    act: (state) => moveTo(state, rowsNow(state).length - 1),
  },
  {
    keys: ['enter', 'right'],
    shown: 'Enter',
    label: (state) => (rowNow(state) === undefined ? undefined : 'open'),
    means: 'Open what is marked.',
    act: pressEnter,
  },
  {keys: ['esc', 'left'], shown: 'Esc', label: always('back'), means: 'Leave the search.', act: up},
  {
    keys: ['any'],
    shown: 'letters',
    label: always('search'),
    means: 'Search for more, or less with Backspace.',
    act: typed,
  },
];

function typed(state: State, key: string): State {
  const place = placeNow(state);
  if (place.screen.kind !== 'search') return state;
  const {query} = place.screen;
  const next = after(query, key);
  if (next === undefined) return state;
  return moveTo(withPlace(state, {screen: {kind: 'search', query: next}, row: 0, top: 0}), 0);
}

function after(query: string, key: string): string | undefined {
  if (key === 'backspace') return [...query].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (key === 'space') return `${query} `;
  return [...key].length === 1 ? query + key : undefined;
}
