// SPDX-License-Identifier: BSD-3-Clause

import {interrupt} from './act.ts';
import type {Binding} from './binding.ts';
import {listBindings} from './list-keys.ts';
import {searchBindings} from './search-keys.ts';
import {sheetBindings} from './sheet-keys.ts';
import {placeNow, type State} from './state.ts';

/** What the keys mean where one is. */
export function bindingsNow(state: State): readonly Binding[] {
  if (state.sheet !== undefined) return sheetBindings(state.sheet);
  return placeNow(state).screen.kind === 'search' ? searchBindings : listBindings;
}

/** The state after a key. */
export function pressKey(state: State, key: string): State {
  if (key === 'ctrl-c') return interrupt(state);
  const told = state.message === undefined || state.saving !== undefined ? state : {...state, message: undefined};
  const binding = bindingsNow(told).find(({keys}) => keys.includes(key) || keys.includes('any'));
  if (binding === undefined) return told;
  return binding.act(told, key);
}
