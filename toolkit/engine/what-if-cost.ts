// SPDX-License-Identifier: BSD-3-Clause

import type {Catalog, Lib} from '../catalog/index.ts';
import type {Solution} from '../solve/index.ts';

/** What an answer comes to, by the figures that its libs measured or promise. Bytes. */
export interface Cost {
  readonly libs: number;
  readonly size: number;
  readonly memory: number;
  /** Symbols that libs offer each other and the app, system calls among them. */
  readonly surface: number;
  /** Libs without a figure of their size, which count nothing. */
  readonly unknown: number;
}

export function costOf(solution: Solution, catalog: Catalog): Cost {
  const libs = solution.libs.flatMap((chosen) => {
    const lib = catalog.libs.find((each) => each.name === chosen.name && each.version === chosen.version);
    return lib === undefined ? [] : [{size: sizeOf(lib), memory: memoryOf(lib), surface: lib.measured.surface}];
  });
  return {
    libs: libs.length,
    size: libs.reduce((sum, lib) => sum + (lib.size ?? 0), 0),
    memory: libs.reduce((sum, lib) => sum + (lib.memory ?? 0), 0),
    surface: libs.reduce((sum, lib) => sum + (lib.surface ?? 0), 0),
    unknown: libs.filter((lib) => lib.size === undefined).length,
  };
}

/** Bytes that a lib adds to an image, as measured or promised. */
export function sizeOf({measured, budget: {text, data}}: Lib): number | undefined {
  return measured.size ?? sum([text, data]);
}

/** Bytes of memory that it takes at rest, likewise. */
export function memoryOf({measured, budget: {text, data, bss}}: Lib): number | undefined {
  return measured.memory ?? sum([text, data, bss]);
}

function sum(parts: readonly (number | undefined)[]): number | undefined {
  return parts.every((part) => part === undefined)
    ? undefined
    : parts.reduce<number>((total, part) => total + (part ?? 0), 0);
}
