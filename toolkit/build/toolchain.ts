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
}
