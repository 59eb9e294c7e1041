// SPDX-License-Identifier: BSD-3-Clause

import type {Answer, Solution} from '../../toolkit/engine.ts';
import {table} from './table.ts';

/** What an image is made of, a lib each. */
export function libTable({solution, catalog}: Answer): readonly string[] {
  const rows = solution.libs.map(({name, version, options}) => {
    const lib = catalog.libs.find((each) => each.name === name && each.version === version);
    const provides = [...solution.providers].filter(([, names]) => names.includes(name)).map(([wanted]) => wanted);
    const changed = Object.entries(options).filter(
      ([option, value]) => lib?.options.find((each) => each.name === option)?.default !== value,
    );
    const settings = changed.map(([option, value]) => `${option}: ${value}`).join(', ');
    return [name, version, provides.join(' '), settings];
  });
  return table([['LIB', 'VERSION', 'PROVIDES', 'OPTIONS'], ...rows]);
}

/** How far an answer that is not proven to be the best may be from it. */
export function gapLines({costs}: Pick<Solution, 'costs'>): readonly string[] {
  const open = costs.filter(({cost, least}) => least < cost);
  return [
    'This is the best answer found so far; that there is no better one is not proven:',
    ...open.map(
      ({name, cost, least}) => `  ${name}: ${cost}, and no answer is below ${least} (a gap of ${gap(cost, least)} %)`,
    ),
    ...(open.length === 0 ? ['  Its costs are the least; only names may decide for another.'] : []),
  ];
}

function gap(cost: number, least: number): number {
  return Number(((100 * (cost - least)) / cost).toPrecision(3));
}
