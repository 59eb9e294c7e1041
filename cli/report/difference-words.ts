// SPDX-License-Identifier: BSD-3-Clause

import {
  type BuiltPair,
  type ChangedLine,
  type Cost,
  counted,
  type Difference,
  type ImageFacts,
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
  const lines = rows.filter(({was, is}) => was > 0 || is > 0).map(({name, was, is}) => `${name}  ${change(was, is)}`);
  if (before.surface > 0 || after.surface > 0) {
    const more = after.surface - before.surface;
    const change = more === 0 ? 'the same' : `${more > 0 ? '+' : '−'}${Math.abs(more)}`;
    lines.push(`surface ${before.surface} → ${counted(after.surface, 'symbol')} (${change})`);
  }
  if (after.unknown > 0)
    lines.push(
      `        without ${counted(after.unknown, 'lib')} that ${after.unknown === 1 ? 'says' : 'say'} no figure`,
    );
  return lines;
}

/** How two images compare that were built: bytes of the file that are loaded, bytes in memory, and system calls. */
export function builtLines({before, after}: BuiltPair): readonly string[] {
  const [size, memory] = [fileBytes(after), after.loaded];
  if (before === undefined) return [`size    ${printRoundSize(size)}`, `memory  ${printRoundSize(memory)}`];
  const was = new Set(callsOf(before));
  const is = new Set(callsOf(after));
  const more = [...is].filter((call) => !was.has(call));
  const fewer = [...was].filter((call) => !is.has(call));
  return [
    `size    ${change(fileBytes(before), size)}`,
    `memory  ${change(before.loaded, memory)}`,
    ...(was.size + is.size === 0 ? [] : [`calls   ${was.size} → ${counted(is.size, 'system call')}`]),
    ...(more.length === 0 ? [] : [`      + ${more.join(' ')}`]),
    ...(fewer.length === 0 ? [] : [`      - ${fewer.join(' ')}`]),
  ];
}

function fileBytes({segments}: ImageFacts): number {
  return segments.reduce((sum, {fileSize}) => sum + fileSize, 0);
}

function callsOf({systemCalls}: ImageFacts): readonly string[] {
  return systemCalls.flatMap(({names}) => names).sort();
}

function change(was: number, is: number): string {
  return `${printRoundSize(was)} → ${printRoundSize(is)} (${signed(is - was)})`;
}

/** Numbered ways out of a conflict, each with what it comes to. */
export function offerLines(
  offers: readonly Offer[],
  {command, offer}: {readonly command: string; readonly offer: 'apply' | 'show'},
): readonly string[] {
  if (offers.length === 0) return ['No change of the Kraftfile alone would help.'];
  return [
    'What would help, the smallest change first:',
    ...offers.flatMap(({text, cost, change}, index) => [
      `  ${index + 1}. ${text}`,
      ...(change === undefined ? [] : switchLines(change).map((line) => `     ${line}`)),
      `     ${costOf(cost)}`,
    ]),
    ...(offer === 'apply' ? [`To take one: kraft-ts ${command} --apply ${offers.length === 1 ? '1' : 'N'}`] : []),
  ];
}

/** What turns on and off, and what is otherwise. */
function switchLines({added, removed, ...others}: Difference): readonly string[] {
  const names = (libs: readonly {readonly name: string}[]): string => libs.map(({name}) => name).join(', ');
  return [
    ...(added.length === 0 ? [] : [`on:  ${names(added)}`]),
    ...(removed.length === 0 ? [] : [`off: ${names(removed)}`]),
    ...differenceLines({...others, added: [], removed: []}).map((line) => line.trimStart()),
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
