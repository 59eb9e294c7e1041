// SPDX-License-Identifier: BSD-3-Clause

import {
  type ChangedLine,
  type Cost,
  counted,
  type Difference,
  type Offer,
  printRoundSize,
} from '../../toolkit/engine.ts';

/** From one image to another, a line each; empty where nothing is otherwise. */
export function differenceLines({added, removed, versions, options}: Difference): readonly string[] {
  return [
    ...added.map((lib) => `+ ${lib.name} ${lib.version}`),
    ...removed.map((lib) => `- ${lib.name} ${lib.version}`),
    ...versions.map(({lib, before, after}) => `  ${lib} ${before} → ${after}`),
    ...options.map(({lib, option, before, after}) => `  ${lib}.${option} ${said(before)} → ${said(after)}`),
  ];
}

/** How two costs compare: `size  47.1 KiB → 51.1 KiB (+4 KiB)`. */
export function costLines(before: Cost, after: Cost): readonly string[] {
  const rows = [
    {name: 'size  ', was: before.size, is: after.size},
    {name: 'memory', was: before.memory, is: after.memory},
  ];
  const lines = rows
    .filter(({was, is}) => was > 0 || is > 0)
    .map(({name, was, is}) => `${name}  ${printRoundSize(was)} → ${printRoundSize(is)} (${signed(is - was)})`);
  if (after.unknown > 0)
    lines.push(
      `        without ${counted(after.unknown, 'lib')} that ${after.unknown === 1 ? 'says' : 'say'} no figure`,
    );
  return lines;
}

/** Numbered ways out of a conflict, each with what it comes to. */
export function offerLines(
  offers: readonly Offer[],
  {command, offer}: {readonly command: string; readonly offer: 'apply' | 'show'},
): readonly string[] {
  if (offers.length === 0) return ['No change of the Kraftfile alone would help.'];
  return [
    'What would help, the smallest change first:',
    ...offers.flatMap(({text, cost}, index) => [`  ${index + 1}. ${text}`, `     ${costOf(cost)}`]),
    ...(offer === 'apply' ? [`To take one: kraft-ts ${command} --apply ${offers.length === 1 ? '1' : 'N'}`] : []),
  ];
}

/** The lines of a file that are otherwise, as in a diff. */
export function changeLines(path: string, lines: readonly ChangedLine[]): readonly string[] {
  const width = Math.max(...lines.map(({line}) => String(line).length));
  return [
    `${path}:`,
    ...lines.map(({kind, line, text}) =>
      `${String(line).padStart(width + 2)} ${kind === 'added' ? '+' : '-'} ${text}`.trimEnd(),
    ),
  ];
}

function costOf({libs, size, memory}: Cost): string {
  const figures = size === 0 ? '' : `: ${printRoundSize(size)}, in memory ${printRoundSize(memory)}`;
  return `${counted(libs, 'lib')}${figures}`;
}

function signed(bytes: number): string {
  if (bytes === 0) return 'the same';
  return `${bytes > 0 ? '+' : '−'}${printRoundSize(Math.abs(bytes))}`;
}

function said(value: boolean | number | string | undefined): string {
  return value === undefined ? 'nothing' : String(value);
}
