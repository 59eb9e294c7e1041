// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../../toolkit/engine.ts';
import {imageNow, standings} from './now.ts';
import type {Row} from './row.ts';
import {changedRows} from './rows/changed.ts';
import {foundRows} from './rows/found.ts';
import {goalRows} from './rows/goals.ts';
import {homeRows} from './rows/home.ts';
import {imageRows} from './rows/image.ts';
import {interfaceRows, providerRows} from './rows/interfaces.ts';
import {libRows} from './rows/lib.ts';
import {libRow} from './rows/lib-row.ts';
import {targetRows} from './rows/targets.ts';
import {placeNow, type Screen, type State} from './state.ts';

let last: {readonly state: State; readonly screen: Screen; readonly rows: readonly Row[]} | undefined;

/** The rows of the screen that is shown. */
export function rowsNow(state: State): readonly Row[] {
  const {screen} = placeNow(state);
  if (last === undefined || last.screen !== screen || !isAlike(last.state, state))
    last = {state, screen, rows: rowsOf(state, screen)};
  return last.rows;
}

/** Whether no row can be another. */
function isAlike(one: State, other: State): boolean {
  return (
    one.draft === other.draft &&
    one.waiting === other.waiting &&
    one.catalog === other.catalog &&
    one.standing === other.standing &&
    one.target === other.target &&
    one.past === other.past
  );
}

export function rowNow(state: State): Row | undefined {
  return rowsNow(state)[placeNow(state).row];
}

function rowsOf(state: State, screen: Screen): readonly Row[] {
  const {catalog} = state;
  if (screen.kind === 'home') return homeRows(state);
  if (catalog === 'loading') return [];
  switch (screen.kind) {
    case 'interfaces':
      return interfaceRows(state, catalog);
    case 'interface': {
      const found = catalog.interfaces.get(screen.name);
      return found === undefined ? [] : providerRows(state, catalog, found);
    }
    case 'categories':
      return categoryRows(state);
    case 'category': {
      const standing = standings(state);
      const libs = catalog.categories.find(({name}) => name === screen.name)?.libs ?? [];
      return libs.map((lib) => libRow(lib, standing(lib)));
    }
    case 'lib': {
      const lib = catalog.libs.get(screen.name);
      return lib === undefined ? [] : libRows(state, catalog, lib);
    }
    case 'targets':
      return targetRows(state, catalog);
    case 'goals':
      return goalRows(state);
    case 'image':
      return imageRows(state, catalog);
    case 'changed':
      return changedRows(state, catalog);
    case 'search':
      return foundRows(state, catalog, screen.query);
    default:
      return unreachable(screen);
  }
}

function categoryRows(state: State): readonly Row[] {
  const {catalog} = state;
  if (catalog === 'loading') return [];
  const inside = new Set<string>(imageNow(state)?.libs.map(({name}) => name));
  return catalog.categories.map(({name, libs}): Row => {
    const count = libs.filter((lib) => inside.has(lib.name)).length;
    return {
      id: `category:${name}`,
      mark: 'opens',
      name,
      value: `${libs.length}${count === 0 ? '' : `, ${count} in`}`,
      note: `${libs
        .slice(0, 5)
        .map((lib) => lib.name)
        .join(', ')}${libs.length > 5 ? ' …' : ''}`,
      changed: false,
      opens: {kind: 'category', name},
    };
  });
}
