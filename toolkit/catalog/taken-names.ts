// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, quote} from '../base/index.ts';
import type {Shelf} from './check-catalog.ts';
import type {OpenInterface, OpenLib} from './read-manifest.ts';

/** Whoever installs a package does not mean to exchange a part of the toolkit that has the same name, unless he says so. */
export function takenNames(
  {interfaces, libs}: {readonly interfaces: readonly OpenInterface[]; readonly libs: readonly OpenLib[]},
  replaced: ReadonlySet<string>,
): readonly Diagnostic[] {
  const all = [
    ...libs.map((lib) => ({...lib, noun: 'lib'})),
    ...interfaces.map((each) => ({...each, noun: 'interface'})),
  ];
  if (all.every(({origin}) => origin !== 'package')) return [];
  const bundled = new Map(
    all.filter(({origin}) => origin === 'bundled').map((each) => [`${each.noun} ${each.name}`, each]),
  );
  return all
    .filter(({origin, name}) => origin === 'package' && !replaced.has(name))
    .flatMap((each): readonly Diagnostic[] => {
      const other = bundled.get(`${each.noun} ${each.name}`);
      if (other === undefined) return [];
      return [
        {
          severity: 'error',
          message: `A package brings the ${each.noun} ${quote(each.name)}, a name that the toolkit's own ${each.noun} has.`,
          at: each.at,
          notes: [{message: `The toolkit's own is this.`, at: other.at}],
          help: `If it is to take that one's place, add it with --replace.`,
        },
      ];
    });
}

/** Without the toolkit's own libs and interfaces that packages take the place of. */
export function withoutReplaced({interfaces, libs, unread}: Shelf, replaced: ReadonlySet<string>): Shelf {
  if (replaced.size === 0) return {interfaces, libs, unread};
  const taken = new Set(
    [...libs.map(({lib}) => lib), ...interfaces]
      .filter(({origin, name}) => origin === 'package' && replaced.has(name))
      .map(({name}) => String(name)),
  );
  const stays = ({origin, name}: Pick<OpenLib | OpenInterface, 'origin' | 'name'>): boolean =>
    origin !== 'bundled' || !taken.has(name);
  return {interfaces: interfaces.filter(stays), libs: libs.filter(({lib}) => stays(lib)), unread};
}
