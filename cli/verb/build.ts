// SPDX-License-Identifier: BSD-3-Clause

import {
  type BuiltProject,
  buildProject,
  type ImageFacts,
  printCount,
  printRoundSize,
  shown,
} from '../../toolkit/engine.ts';
import {compilerFlags, lockFlags, targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {figures, table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const build = verb({
  name: 'build',
  summary: 'Build the image.',
  about: `Solves, plans, compiles and links the image of one target; checks that every lib keeps its promises; says where the image is, how large it is when loaded, and what is in it. Only what has changed is done again. kraft.lock records which libs were chosen.`,
  positionals: [],
  flags: {...targetFlags, ...compilerFlags, ...lockFlags},
  examples: [
    {command: 'kraft-ts build', means: 'The first target.'},
    {command: 'kraft-ts build --plat {platform} --compiler clang', means: 'Another one, with clang.'},
    {command: 'kraft-ts build --json', means: 'Where the image is and what is in it, for a program.'},
  ],
  async act({flags, reporter, engine, signal}) {
    const compiler = flags.compiler === 'clang' ? 'clang' : 'gcc';
    const lockfile = flags.locked ? 'obey' : 'keep';
    const built = await buildProject(engine, {plat: flags.plat, arch: flags.arch, compiler, lockfile, signal});
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!built.ok) {
      reporter.diagnostics(built.error);
      return exitStatus.diagnostics;
    }
    const {image, facts, folder} = built.value;
    if (reporter.format === 'json') reporter.json({image, folder, facts});
    else reporter.print(summaryOf(built.value, shown(engine, image)));
    return exitStatus.ok;
  },
});

function summaryOf({facts}: BuiltProject, path: string): string {
  return [
    `${path}: ${printRoundSize(facts.loaded)} loaded, for ${facts.platform}/${facts.arch}`,
    '',
    ...segmentTable(facts),
    '',
    ...shareTable(facts),
    ...callTable(facts),
  ].join('\n');
}

function segmentTable({segments, loaded}: ImageFacts): readonly string[] {
  const rows = segments.map((segment) => [
    segment.name,
    segment.access,
    `0x${segment.address.toString(16)}`,
    printCount(segment.memorySize),
  ]);
  return figures([['SEGMENT', 'ACCESS', 'ADDRESS', 'BYTES'], ...rows, ['', '', '', printCount(loaded)]], [3]);
}

function shareTable({shares}: ImageFacts): readonly string[] {
  const parts = ['text', 'rodata', 'data', 'bss'] as const;
  const rows = shares.map((share) => [
    share.owner,
    ...parts.map((part) => bytes(share[part])),
    bytes(parts.reduce((sum, part) => sum + share[part], 0)),
  ]);
  return figures([['PART', 'TEXT', 'RODATA', 'DATA', 'BSS', 'BYTES'], ...rows], [1, 2, 3, 4, 5]);
}

/** The system calls that the program can reach, where there are any. */
function callTable({systemCalls}: ImageFacts): readonly string[] {
  const count = systemCalls.reduce((sum, {names}) => sum + names.length, 0);
  if (count === 0) return [];
  const rows = systemCalls.map(({owner, names}) => [owner, names.join(' ')]);
  return ['', ...table([[`${count} SYSTEM CALLS`, ''], ...rows], 110)];
}

function bytes(count: number): string {
  return count === 0 ? '–' : printCount(count);
}
