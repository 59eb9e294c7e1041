// SPDX-License-Identifier: BSD-3-Clause

import type {Toolchain} from '../build/index.ts';

/** Headers, and how they are compiled. */
export interface SurfaceRequest {
  readonly toolchain: Pick<Toolchain, 'compiler' | 'cc' | 'include'>;
  readonly flags: readonly string[];
  /** Folders for -I, absolute. */
  readonly include: readonly string[];
  /** Those of them whose headers are looked at. */
  readonly own: readonly string[];
  /** As `#include` names them. */
  readonly headers: readonly string[];
  /** Symbols whose declarations count. */
  readonly symbols: readonly string[];
  /** Whose headers they are, for messages. */
  readonly name: string;
  /** As compilers call it: -gdwarf-5. */
  readonly dwarf?: 4 | 5;
}

/** What the compiler is called with for any file that includes the headers. */
export function argumentsOf({toolchain, flags, include}: SurfaceRequest): readonly string[] {
  return [
    ...flags,
    '-ffreestanding',
    '-nostdinc',
    '-w',
    '-ferror-limit=0',
    ...include.flatMap((folder) => ['-I', folder]),
    '-isystem',
    toolchain.include,
  ].filter((flag) => flag !== '-ferror-limit=0' || toolchain.compiler === 'clang');
}
