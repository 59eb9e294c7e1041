// SPDX-License-Identifier: BSD-3-Clause

import {wishesNow} from '../now.ts';
import type {Row} from '../row.ts';
import type {State} from '../state.ts';

const goals = [
  {name: 'size', means: 'Bytes of the image.'},
  {name: 'boot', means: 'Instructions until main.'},
  {name: 'surface', means: 'Symbols that libs offer each other.'},
  {name: 'memory', means: 'Bytes of memory at rest.'},
] as const;

/** What is kept small, the most important first. */
export function goalRows(state: State): readonly Row[] {
  const {minimize} = wishesNow(state);
  return goals.map(({name, means}): Row => {
    const place = minimize.indexOf(name);
    const next = place === -1 ? [...minimize, name] : minimize.filter((each) => each !== name);
    return {
      id: `goal:${name}`,
      mark: place === -1 ? 'out' : 'asked',
      name,
      value: place === -1 ? '' : minimize.length === 1 ? 'the goal' : ordinal(place),
      note: means,
      changed: place !== -1,
      heading: 'Keep small',
      thing: {kind: 'goal', name},
      space: {
        kind: 'edit',
        title: place === -1 ? `Keep ${name} small` : `Do not mind ${name}`,
        edits: next.length === 0 ? [{kind: 'unset', key: 'minimize'}] : [{kind: 'set', key: 'minimize', value: next}],
      },
    };
  });
}

function ordinal(place: number): string {
  return ['first', 'second', 'third', 'fourth'][place] ?? '';
}
