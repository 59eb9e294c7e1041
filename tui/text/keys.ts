// SPDX-License-Identifier: BSD-3-Clause

import {listBindings} from '../model/list-keys.ts';
import {type Line, padTo, paragraph, span} from './line.ts';
import {marks} from './marks.ts';

/** Every key of a list, and what the marks say. */
export function keysText(columns: number): readonly Line[] {
  const keys = listBindings
    .filter(({means}) => means !== '')
    .flatMap(({shown, means}) => paragraph(means, {columns, lead: padTo(shown, 8), indent: ' '.repeat(8)}));
  const legend = marks.map(({mark, means}): Line => [span(padTo(mark, 8), 'dim'), span(means)]);
  return [...keys, [], [span('Marks', 'strong')], ...legend];
}
