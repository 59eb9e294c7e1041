// SPDX-License-Identifier: BSD-3-Clause

import {type Comparison, compareFolders, type Diagnostic, printPlace} from '../../toolkit/engine.ts';
import {compilerFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const libCompare = verb({
  name: 'lib compare',
  summary: 'Compare two versions of a lib or an interface.',
  about: `Says what is otherwise in the newer version: functions, types, struct layouts, constants and macros of its headers, as the compiler understands them, and what its manifest provides, needs and offers. Each change asks for a major, minor or patch bump of the version; where the newer version rose by less, the command says so and fails.`,
  positionals: [
    {name: 'OLD', means: 'The folder of the older version.', required: true, completes: 'folder'},
    {name: 'NEW', means: 'The folder of the newer one.', required: true},
  ],
  flags: {
    ...compilerFlags,
    arch: {value: 'NAME', means: 'Whose sizes and alignments count. Default: the first arch there is.'},
  },
  examples: [
    {command: 'kraft-ts lib compare ../alloc-mine-1.0.0 .', means: 'May this be 1.0.1?'},
    {command: 'kraft-ts lib compare old new --json', means: 'Change by change, for a program.'},
  ],
  async act({flags, positionals: [before = '', after = ''], reporter, engine}) {
    const compiler = flags.compiler === 'clang' ? 'clang' : 'gcc';
    const compared = await compareFolders(engine, {before, after, compiler, arch: flags.arch});
    reporter.settle();
    if (!compared.ok) {
      reporter.diagnostics(compared.error);
      return exitStatus.diagnostics;
    }
    const comparison = compared.value;
    if (reporter.format === 'json') reporter.json(comparison);
    else {
      reporter.print(comparisonLines(comparison).join('\n'));
      if (!comparison.enough) reporter.diagnostics([tooLittle(comparison)]);
    }
    return comparison.enough ? exitStatus.ok : exitStatus.diagnostics;
  },
});

/** Two versions and every change between them. */
function comparisonLines({name, before, after, changes, needs}: Comparison): readonly string[] {
  const verdict = needs === undefined ? 'nothing that others see has changed' : `a ${needs} change`;
  const rows = changes.map(({bump, message, at}) => [
    `  ${bump}`,
    `${message}${at === undefined ? '' : ` (${printPlace(at)})`}`,
  ]);
  return [`${name} ${before} → ${after}: ${verdict}`, ...table(rows)];
}

/** The newer version has too small a number. */
function tooLittle({name, before, after, changes, needs = 'patch', least}: Comparison): Diagnostic {
  const gravest = changes.find(({bump}) => bump === needs);
  return {
    severity: 'error',
    message: `${name} ${after} is a ${needs} change from ${before}: ${gravest?.message ?? 'it is otherwise'}.`,
    ...(gravest?.at !== undefined && {at: gravest.at}),
    help: `Make it version ${least}, or take the change back.`,
  };
}
