// SPDX-License-Identifier: BSD-3-Clause

import {counted, listing, troubleWords} from '../../../toolkit/engine.ts';
import {imageNow, targetNow, wishesNow} from '../now.ts';
import type {Row} from '../row.ts';
import type {Screen, State} from '../state.ts';
import {choosable} from './interfaces.ts';

/** The first screen. It is there before the catalog is. */
export function homeRows(state: State): readonly Row[] {
  const {catalog} = state;
  const {libraries, minimize, targets} = wishesNow(state);
  const image = imageNow(state);
  const loading = 'reading the catalog …';
  const asked = Object.keys(libraries).length;
  const interfaces =
    catalog === 'loading'
      ? loading
      : counted(
          [...catalog.interfaces.keys()].filter((name) => choosable(catalog.providers.get(name) ?? []).length > 0)
            .length,
          'interface',
        );
  const libs =
    catalog === 'loading'
      ? loading
      : `${[...catalog.libs.values()].filter(({kind}) => kind === 'lib').length} in ${counted(catalog.categories.length, 'category', 'categories')}`;
  return [
    ...problemRows(state),
    opening('Components', interfaces, 'What the image is made of, by interface, and who provides each.', {
      kind: 'interfaces',
    }),
    opening(
      'Libraries',
      `${libs}${asked === 0 ? '' : `, ${asked} asked for`}`,
      'Every lib by category, with its options.',
      {
        kind: 'categories',
      },
    ),
    opening(
      'Targets',
      targets.length === 0 ? (targetNow(state)?.target ?? 'the only one there is') : listing(targets),
      'What to build for: platform, arch and machine.',
      {kind: 'targets'},
    ),
    opening(
      'Goal',
      minimize.length === 0 ? 'nothing in particular' : `keep ${listing(minimize)} small`,
      'What to keep small where there is a choice.',
      {kind: 'goals'},
    ),
    opening('Image', image === undefined ? '' : counted(image.libs.length, 'lib'), 'What is in the image, and why.', {
      kind: 'image',
    }),
  ];
}

/** What keeps the draft from being an image. */
function problemRows({draft, examined}: State): readonly Row[] {
  const words = troubleWords(draft);
  if (!examined || words === '') return [];
  const space = {kind: 'problems'} as const;
  return [
    {
      id: 'problems',
      mark: 'warn',
      name: 'Problems',
      value: words,
      note: 'See them, and ways out.',
      changed: false,
      space,
    },
  ];
}

function opening(name: string, value: string, note: string, opens: Screen): Row {
  return {id: `home:${name}`, mark: 'opens', name, value, note, changed: false, opens};
}
