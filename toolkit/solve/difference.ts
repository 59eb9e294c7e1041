// SPDX-License-Identifier: BSD-3-Clause

import type {LibName, Version} from '../base/index.ts';
import type {Catalog, OptionValue} from '../catalog/index.ts';
import {figureOf} from './figure.ts';
import type {ChosenLib} from './solution.ts';

/** What is otherwise in one answer than in another. */
export interface Difference {
  readonly added: Composition['libs'];
  readonly removed: Composition['libs'];
  readonly versions: readonly {readonly lib: LibName; readonly before: Version; readonly after: Version}[];
  readonly options: readonly {
    readonly lib: LibName;
    readonly option: string;
    readonly before: OptionValue | undefined;
    readonly after: OptionValue | undefined;
  }[];
  /** Bytes of libs, as measured or promised; a lib without a figure counts nothing. */
  readonly size: number;
  /** Exported functions and system calls, likewise. */
  readonly surface: number;
}

/** What of an answer is compared: its libs, each with every option. */
export type Composition = {
  readonly libs: readonly Pick<ChosenLib, 'name' | 'version' | 'options'>[];
};

/** From one answer to another, of one catalog. See docs/solver.md#what-if. */
export function difference(before: Composition, after: Composition, catalog: Catalog): Difference {
  const was = new Map(before.libs.map((lib) => [lib.name, lib]));
  const is = new Map(after.libs.map((lib) => [lib.name, lib]));
  const kept = after.libs.flatMap((lib) => {
    const old = was.get(lib.name);
    return old === undefined ? [] : [{old, lib}];
  });
  const sum = (libs: Composition['libs'], goal: 'size' | 'surface'): number =>
    libs.reduce((total, chosen) => {
      const lib = catalog.libs.find((other) => other.name === chosen.name && other.version === chosen.version);
      return total + ((lib && figureOf(lib, goal)) ?? 0);
    }, 0);
  return {
    added: after.libs.filter((lib) => !was.has(lib.name)),
    removed: before.libs.filter((lib) => !is.has(lib.name)),
    versions: kept
      .filter(({old, lib}) => old.version !== lib.version)
      .map(({old, lib}) => ({lib: lib.name, before: old.version, after: lib.version})),
    options: kept.flatMap(({old, lib}) => {
      const names = [...new Set([...Object.keys(old.options), ...Object.keys(lib.options)])].sort();
      return names
        .filter((option) => old.options[option] !== lib.options[option])
        .map((option) => ({lib: lib.name, option, before: old.options[option], after: lib.options[option]}));
    }),
    size: sum(after.libs, 'size') - sum(before.libs, 'size'),
    surface: sum(after.libs, 'surface') - sum(before.libs, 'surface'),
  };
}
