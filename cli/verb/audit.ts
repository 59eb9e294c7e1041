// SPDX-License-Identifier: BSD-3-Clause

import {buildProject, counted, type Plan} from '../../toolkit/engine.ts';
import {compilerFlags, targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {figures} from '../report/table.ts';
import {verb} from '../verb.ts';

export const audit = verb({
  name: 'audit',
  summary: 'Check that every lib of the image keeps its promises.',
  about: `Builds where needed, then compares each lib's object code with its manifest: it must define what its interfaces promise, want only what it needs, and let nothing else out. The build does this too; here you see what was checked.`,
  positionals: [],
  flags: {...targetFlags, ...compilerFlags},
  examples: [
    {command: 'kraft-ts audit', means: 'What each part of the image promises and wants.'},
    {command: 'kraft-ts audit --json', means: 'Symbol by symbol, for a program.'},
  ],
  async act({flags, reporter, engine, signal}) {
    const compiler = flags.compiler === 'clang' ? 'clang' : 'gcc';
    const built = await buildProject(engine, {plat: flags.plat, arch: flags.arch, compiler, signal});
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!built.ok) {
      reporter.diagnostics(built.error);
      return exitStatus.diagnostics;
    }
    const audited = auditsOf(built.value.plan);
    if (reporter.format === 'json') reporter.json(audited);
    else reporter.print(listing(audited).join('\n'));
    return exitStatus.ok;
  },
});

type Audit = Extract<Plan['actions'][number], {kind: 'audit'}>;

function auditsOf({actions}: Plan): readonly Audit[] {
  return actions.filter((action) => action.kind === 'audit');
}

function listing(audits: readonly Audit[]): readonly string[] {
  const rows = audits.map(({owner, promises, mayWant, manifest}) => [
    owner,
    String(promises.length),
    String(mayWant.length),
    [...new Set(promises.map((promise) => promise.interface))].join(' ') || manifest,
  ]);
  return [
    ...figures(
      [
        ['PART', 'PROMISES', 'MAY WANT', 'INTERFACES'],
        ...rows.map(([a, b, c, d]) => [a ?? '', b ?? '', c ?? '', d ?? '']),
      ],
      [1, 2],
    ),
    `${counted(audits.length, 'part')}: each defines what it promises and wants only what it needs.`,
  ];
}
