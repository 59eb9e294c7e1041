// SPDX-License-Identifier: BSD-3-Clause

import type {CompileAction, Plan} from '../plan/index.ts';

export interface ArgumentsContext {
  readonly plan: Plan;
  /** A plan's path as the compiler is to see it. */
  readonly resolve: (path: string) => string;
  /** The folder of the compiler's own headers, likewise. */
  readonly compiler: string;
  /** Those of the C++ library's headers. */
  readonly cxx: readonly string[];
}

/** What the compiler is called with for a file, but for input and output. */
export function compileArguments(
  {flags, include, language}: CompileAction,
  {plan, resolve, compiler, cxx}: ArgumentsContext,
): readonly string[] {
  if (language === 'rust') return flags;
  const clang = plan.compiler === 'clang';
  return [
    ...(clang ? [`--target=${plan.triple}`] : []),
    ...(clang && language === 'assembly' ? ['-Qunused-arguments'] : []),
    ...flags,
    ...include.map((folder) => `-I${resolve(folder)}`),
    ...(language === 'c++' ? cxx.flatMap((folder) => ['-isystem', folder]) : []),
    '-isystem',
    compiler,
  ];
}
