// SPDX-License-Identifier: BSD-3-Clause

import type {CatalogIndex} from '../catalog-index.ts';
import {standings, wishesNow} from '../now.ts';
import type {Row} from '../row.ts';
import type {State} from '../state.ts';
import {goalRows} from './goals.ts';
import {interfaceRows} from './interfaces.ts';
import {libRow} from './lib-row.ts';
import {optionRow} from './options.ts';
import {memoryRow, targetRows} from './targets.ts';

/** All that differs from what would be so by itself: what the Kraftfile says. */
export function changedRows(state: State, catalog: CatalogIndex): readonly Row[] {
  const {libraries} = wishesNow(state);
  const standing = standings(state);
  const libs = Object.entries(libraries).flatMap(([name, {version, options}]): readonly Row[] => {
    const lib = catalog.libs.get(name);
    if (lib === undefined) return [];
    const row = libRow(lib, standing(lib));
    return [
      {...row, value: version === '*' ? row.value : version, heading: 'Libraries'},
      ...lib.options
        .filter((option) => option.name in options)
        .map((option) => ({...optionRow(state, lib, option), name: `${name}.${option.name}`, heading: 'Libraries'})),
    ];
  });
  const under = (heading: string, rows: readonly Row[]): readonly Row[] =>
    rows.filter(({changed}) => changed).map((row) => ({...row, heading}));
  return [
    ...under('Components', interfaceRows(state, catalog)),
    ...libs,
    ...under(
      'Targets',
      targetRows(state, catalog).filter(({id}) => id.startsWith('target:')),
    ),
    ...under('Targets', [memoryRow(state)]),
    ...under('Goal', goalRows(state)),
  ];
}
