// SPDX-License-Identifier: BSD-3-Clause

import type {Plan} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';
import {compileArguments} from './compile-arguments.ts';
import type {Toolchain} from './toolchain.ts';

/** The compilation database that editors read, with files where the user knows them. */
export function compileCommands(plan: Plan, {toolchain, paths}: {toolchain: Toolchain; paths: BuildPaths}): string {
  const commands = plan.actions.flatMap((action) => {
    if (action.kind !== 'compile' || action.language === 'rust') return [];
    const program = action.language === 'c++' ? (toolchain.cxx?.program ?? 'c++') : toolchain.cc;
    const file = paths.absolute(action.input);
    const cxx = toolchain.cxx?.include ?? [];
    const flags = compileArguments(action, {plan, resolve: paths.absolute, compiler: toolchain.include, cxx});
    const output = paths.absolute(action.output);
    return [{directory: paths.folder, file, output, arguments: [program, ...flags, '-c', file, '-o', output]}];
  });
  return `${JSON.stringify(commands, undefined, 1)}\n`;
}
