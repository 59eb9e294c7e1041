// SPDX-License-Identifier: BSD-3-Clause

import {type CatalogIndex, search} from '../catalog-index.ts';
import {imageNow, standings} from '../now.ts';
import type {Row} from '../row.ts';
import type {State} from '../state.ts';
import {libRow} from './lib-row.ts';
import {optionRow} from './options.ts';

const most = 200;

/** What a search finds, in libs, interfaces and options. */
export function foundRows(state: State, catalog: CatalogIndex, query: string): readonly Row[] {
  const standing = standings(state);
  const image = imageNow(state);
  return search(catalog, query, most).map((entry): Row => {
    const {name, lib, option, text} = entry;
    if (lib !== undefined && option !== undefined)
      return {...optionRow(state, lib, option), name, opens: {kind: 'lib', name: lib.name}};
    if (lib !== undefined) return libRow(lib, standing(lib));
    const wanted = catalog.interfaces.get(name);
    const providers = (wanted && image?.providers[wanted.name]) ?? [];
    return {
      id: `interface:${name}`,
      mark: providers.length > 0 ? 'yes' : 'no',
      name,
      value: 'interface',
      note: text,
      changed: false,
      opens: {kind: 'interface', name},
      thing: {kind: 'interface', name},
    };
  });
}
