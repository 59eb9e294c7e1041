// SPDX-License-Identifier: BSD-3-Clause

import {layoutOf, scrolled} from './layout.ts';
import {rowsNow} from './rows.ts';
import {type Place, placeNow, type Screen, type State} from './state.ts';

/** Marks another row, and scrolls to it. */
export function moveTo(state: State, row: number): State {
  const rows = rowsNow(state);
  const place = placeNow(state);
  const at = Math.max(0, Math.min(row, rows.length - 1));
  const room = listRoom(state);
  return withPlace(state, {...place, row: at, top: scrolled(rows, {row: at, top: place.top, room})});
}

export function moveBy(state: State, steps: number): State {
  return moveTo(state, placeNow(state).row + steps);
}

/** The list's height; a search has its query on top. */
export function listRoom(state: State): number {
  return layoutOf(state.size).listRows - (placeNow(state).screen.kind === 'search' ? 2 : 0);
}

/** Keeps the mark within rows that have become others: on the same one, where it is still there. */
export function settled(before: State, after: State): State {
  const id = rowsNow(before)[placeNow(before).row]?.id;
  const isSamePlace = placeNow(before).screen === placeNow(after).screen;
  const found = id === undefined || !isSamePlace ? -1 : rowsNow(after).findIndex((row) => row.id === id);
  return moveTo(after, found === -1 ? placeNow(after).row : found);
}

export function open(state: State, screen: Screen): State {
  return moveTo({...state, places: [...state.places, {screen, row: 0, top: 0}]}, 0);
}

/** One screen up; on the first one nothing happens. */
export function up(state: State): State {
  return state.places.length < 2 ? state : moveBy({...state, places: state.places.slice(0, -1)}, 0);
}

export function withPlace(state: State, place: Place): State {
  return {...state, places: [...state.places.slice(0, -1), place]};
}
