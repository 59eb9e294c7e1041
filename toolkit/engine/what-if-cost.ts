// SPDX-License-Identifier: BSD-3-Clause

import type {Catalog} from '../catalog/index.ts';
import type {Solution} from '../solve/index.ts';
import {figuresOf, type LastBuild} from './last-build.ts';

/** What an answer comes to, by the figures that the last build measured, else those of its libs. Bytes. */
export interface Cost {
  readonly libs: number;
  readonly size: number;
  readonly memory: number;
  /** Symbols that libs offer each other and the app, system calls among them. */
  readonly surface: number;
  /** Libs without a figure of their size, which count nothing. */
  readonly unknown: number;
}

export function costOf(solution: Solution, catalog: Catalog, built?: LastBuild): Cost {
  const libs = solution.libs.flatMap((chosen) => {
    const lib = catalog.libs.find((each) => each.name === chosen.name && each.version === chosen.version);
    return lib === undefined ? [] : [{...figuresOf(lib, built), surface: lib.measured.surface}];
  });
  const {size, memory} = built?.rest ?? {size: 0, memory: 0};
  return {
    libs: libs.length,
    size: libs.reduce((sum, lib) => sum + (lib.size ?? 0), size),
    memory: libs.reduce((sum, lib) => sum + (lib.memory ?? 0), memory),
    surface: libs.reduce((sum, lib) => sum + (lib.surface ?? 0), 0),
    unknown: libs.filter((lib) => lib.size === undefined).length,
  };
}
