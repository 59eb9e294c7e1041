// SPDX-License-Identifier: BSD-3-Clause

import type {CatalogIndex} from '../catalog-index.ts';
import {imageNow, standings, targetNow} from '../now.ts';
import type {Row} from '../row.ts';
import type {State} from '../state.ts';
import {markOf} from './lib-row.ts';

/** What is in the image, and why. */
export function imageRows(state: State, catalog: CatalogIndex): readonly Row[] {
  const standing = standings(state);
  const target = targetNow(state)?.target ?? '';
  return (imageNow(state)?.libs ?? []).map(({name, version, because}): Row => {
    const lib = catalog.libs.get(name);
    return {
      id: `lib:${name}`,
      mark: lib === undefined ? 'in' : markOf(standing(lib)),
      name,
      value: version,
      note: because,
      changed: false,
      heading: `The image for ${target}`,
      opens: {kind: 'lib', name},
      thing: {kind: 'lib', name},
    };
  });
}
