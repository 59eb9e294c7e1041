// SPDX-License-Identifier: BSD-3-Clause

import {type InterfaceView, type LibView, listing} from '../../../toolkit/engine.ts';
import type {CatalogIndex} from '../catalog-index.ts';
import {imageNow, standings, wishesNow} from '../now.ts';
import type {Row} from '../row.ts';
import type {State} from '../state.ts';
import {libRow} from './lib-row.ts';

/** Every interface that somebody could choose a provider of, with the one that there is. */
export function interfaceRows(state: State, catalog: CatalogIndex): readonly Row[] {
  const {choose, needs} = wishesNow(state);
  const image = imageNow(state);
  return [...catalog.interfaces.values()]
    .filter(({name}) => choosable(catalog.providers.get(name) ?? []).length > 0)
    .map((each): Row => {
      const providers = image?.providers[each.name] ?? [];
      return {
        id: `interface:${each.name}`,
        mark: providers.length > 0 ? 'yes' : 'no',
        name: each.name,
        value: providers.length > 0 ? listing(providers) : 'not in the image',
        note: each.summary,
        changed: each.name in choose || each.name in needs,
        opens: {kind: 'interface', name: each.name},
        thing: {kind: 'interface', name: each.name},
      };
    });
}

/** Whether the app uses it, and who provides it. */
export function providerRows(state: State, catalog: CatalogIndex, wanted: InterfaceView): readonly Row[] {
  const {needs} = wishesNow(state);
  const isNeeded = wanted.name in needs;
  const use: Row = {
    id: 'use',
    mark: isNeeded ? 'asked' : 'out',
    name: 'The app uses it',
    value: isNeeded ? (needs[wanted.name] === '*' ? 'any version' : (needs[wanted.name] ?? '')) : '',
    note: 'Its headers can be included, and somebody provides it.',
    changed: isNeeded,
    thing: {kind: 'interface', name: wanted.name},
    space: isNeeded
      ? {
          kind: 'edit',
          title: `The app does not use ${wanted.name}`,
          edits: [{kind: 'drop-need', interface: wanted.name}],
        }
      : {kind: 'edit', title: `The app uses ${wanted.name}`, edits: [{kind: 'need', interface: wanted.name}]},
  };
  const providers = choosable(catalog.providers.get(wanted.name) ?? []);
  const heading = wanted.cardinality === 'one' ? 'Provided by one of' : 'Provided by any of';
  const rows = wanted.cardinality === 'one' ? radioRows(state, wanted, providers) : checkRows(state, providers);
  return [use, ...rows.map((row, index) => (index === 0 ? {...row, heading} : row))];
}

function checkRows(state: State, providers: readonly LibView[]): readonly Row[] {
  const standing = standings(state);
  return providers.map((lib) => libRow(lib, standing(lib)));
}

function radioRows(state: State, {name}: InterfaceView, providers: readonly LibView[]): readonly Row[] {
  const chosen = wishesNow(state).choose[name];
  const inside = imageNow(state)?.providers[name] ?? [];
  const standing = standings(state);
  const best: Row = {
    id: 'best',
    mark: chosen === undefined ? 'chosen' : 'not-chosen',
    name: 'Whichever is best',
    value: '',
    note:
      chosen === undefined && inside.length > 0 ? `Now: ${listing(inside)}.` : 'Recommended ones first, then by name.',
    changed: false,
    thing: {kind: 'interface', name},
    space: {kind: 'edit', title: `Choose nobody for ${name}`, edits: [{kind: 'unchoose', interface: name}]},
  };
  const rows = providers.map((lib): Row => {
    const isChosen = chosen === lib.name;
    const isOut = standing(lib).locked && !inside.includes(lib.name);
    return {
      id: `lib:${lib.name}`,
      mark: isChosen ? 'chosen' : isOut ? 'not-choosable' : 'not-chosen',
      name: lib.name,
      value: inside.includes(lib.name) ? 'in the image' : lib.recommended ? 'recommended' : '',
      note: lib.summary,
      changed: isChosen,
      opens: {kind: 'lib', name: lib.name},
      thing: {kind: 'lib', name: lib.name},
      space: {
        kind: 'edit',
        title: `Choose ${lib.name} for ${name}`,
        edits: [{kind: 'choose', interface: name, lib: lib.name}],
      },
    };
  });
  return [best, ...rows];
}

/** Fakes are there for tests; platforms and arches are targets. */
export function choosable(providers: readonly LibView[]): readonly LibView[] {
  return providers.filter(({kind, onlyByName}) => kind === 'lib' && !onlyByName);
}
