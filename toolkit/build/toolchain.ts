// SPDX-License-Identifier: BSD-3-Clause

import type {CompilerName} from '../plan/index.ts';

/** The programs that build, absolute, and what was found out about the compiler. */
export interface Toolchain {
  readonly compiler: CompilerName;
  /** As the compiler prints it. */
  readonly version: string;
  readonly cc: string;
  readonly ld: string;
  readonly objcopy: string;
  readonly ninja: string;
  /** Keeps two builds out of one folder; a machine without it is not refused. */
  readonly flock?: string;
  /** The folder of the compiler's own headers: stddef.h, stdint.h, stdarg.h. */
  readonly include: string;
  /** The archive of what the compiler calls by itself: division of 128 bits, products of complex numbers. */
  readonly runtime?: string;
  /** Where something is written in C++: its compiler, and the folders of its library's headers. */
  readonly cxx?: {readonly program: string; readonly version: string; readonly include: readonly string[]};
  /** Where something is written in Rust. */
  readonly rust?: {readonly program: string; readonly version: string};
}

/** Every compiler of a toolchain, as it prints its version. */
export function versions({version, cxx, rust}: Pick<Toolchain, 'version' | 'cxx' | 'rust'>): string {
  return [version, cxx?.version, rust?.version].filter((each) => each !== undefined).join('; ');
}
