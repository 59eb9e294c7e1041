// SPDX-License-Identifier: BSD-3-Clause

import {type LibView, listing, versionRange} from '../../../toolkit/engine.ts';
import type {CatalogIndex} from '../catalog-index.ts';
import {imageNow, standings, wishesNow} from '../now.ts';
import type {Row} from '../row.ts';
import type {Choice, State} from '../state.ts';
import {markOf, toggleOf} from './lib-row.ts';
import {optionRows} from './options.ts';

/** A lib: whether it is asked for, in which version, and its options. */
export function libRows(state: State, catalog: CatalogIndex, lib: LibView): readonly Row[] {
  const standing = standings(state)(lib);
  const thing = {kind: 'lib', name: lib.name} as const;
  const inside = imageNow(state)?.libs.find(({name}) => name === lib.name);
  const ask: Row = {
    id: `lib:${lib.name}`,
    mark: markOf(standing),
    name: lib.kind === 'lib' ? 'Ask for it' : `Part of ${lib.kind === 'arch' ? 'every' : 'a'} target`,
    value: standing.asked ? 'asked for' : inside === undefined ? 'not in the image' : 'in the image',
    note: inside?.because ?? lib.summary,
    changed: standing.asked,
    thing,
    space: toggleOf(lib, standing),
  };
  const range = wishesNow(state).libraries[lib.name]?.version;
  const version: Row = {
    id: 'version',
    mark: 'none',
    name: 'Version',
    value: range === undefined || range === '*' ? (inside?.version ?? lib.versions[0] ?? '') : range,
    note: lib.versions.length === 1 ? 'the only one' : `of ${listing(lib.versions.slice(0, 6))}`,
    changed: range !== undefined && range !== '*',
    thing,
    enter: {kind: 'choices', title: `Versions of ${lib.name}`, choices: versionChoices(lib, range)},
  };
  const options = optionRows(state, lib);
  const interfaces = lib.provides.flatMap((name): readonly Row[] => {
    const found = catalog.interfaces.get(name);
    if (found === undefined) return [];
    return [
      {
        id: `interface:${name}`,
        mark: 'opens',
        name,
        value: '',
        note: found.summary,
        changed: false,
        opens: {kind: 'interface', name},
        thing: {kind: 'interface', name},
      },
    ];
  });
  return [ask, version, ...under('Options', options), ...under('Provides', interfaces)];
}

function under(heading: string, rows: readonly Row[]): readonly Row[] {
  return rows.map((row, index) => (index === 0 ? {...row, heading} : row));
}

/** Any; those compatible with each; just one. */
function versionChoices({name, versions}: LibView, range: string | undefined): readonly Choice[] {
  const ways = ['*', ...new Set(versions.map((version) => `^${version}`)), ...versions];
  return ways.map((way) => ({
    name: way === '*' ? 'any version' : way,
    note:
      way === '*'
        ? 'the newest that fits'
        : way.startsWith('^')
          ? `${way.slice(1)} or a compatible one`
          : 'this one only',
    chosen: way === (range ?? '*'),
    edits: [{kind: 'want', lib: name, version: versionRange(way)}],
  }));
}
