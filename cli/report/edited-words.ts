// SPDX-License-Identifier: BSD-3-Clause

import {diagnosticToJson, type Edited, type Engine, editProject, type Wish} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {changeLines, differenceLines, offerLines} from './difference-words.ts';
import type {Reporter} from './reporter.ts';

/** What the verbs that change the Kraftfile do and say alike; returns the exit status. */
export async function actOn(
  wish: Wish,
  {
    flags,
    reporter,
    engine,
    command,
  }: {
    readonly flags: {
      readonly plat: string | undefined;
      readonly arch: string | undefined;
      readonly apply: string | undefined;
    };
    readonly reporter: Reporter;
    readonly engine: Engine;
    /** The command line as far as it goes, to be given again with --apply. */
    readonly command: string;
  },
): Promise<number> {
  const apply = repairNumber(flags.apply);
  if (apply === 'no number') {
    reporter.diagnostics([notANumber(flags.apply)]);
    return exitStatus.usage;
  }
  const edited = await editProject(engine, {wish, plat: flags.plat, arch: flags.arch, apply});
  if (!edited.ok) {
    reporter.diagnostics(edited.error);
    return exitStatus.diagnostics;
  }
  tell(edited.value, reporter, {command, offer: 'apply'});
  return edited.value.kind === 'clash' ? exitStatus.diagnostics : exitStatus.ok;
}

/** The command line as far as it goes, and whether `--apply` takes a repair. */
export interface Way {
  readonly command: string;
  readonly offer: 'apply' | 'show';
}

/** Tells what came of a change. */
export function tell(edited: Edited, reporter: Reporter, way: Way): void {
  if (edited.kind === 'clash') {
    tellClash(edited, reporter, way);
    if (reporter.format === 'text') reporter.note('Nothing was written.');
    return;
  }
  if (reporter.format === 'json') {
    reporter.json(edited);
    return;
  }
  if (edited.kind === 'unchanged') {
    reporter.print(`${edited.path} says so already.`);
    return;
  }
  const image = edited.change === undefined ? [] : differenceLines(edited.change);
  reporter.print(
    [
      ...changeLines(edited.path, edited.lines),
      ...(image.length === 0 ? [] : ['The image:', ...image.map((line) => `  ${line}`)]),
    ].join('\n'),
  );
}

/** A conflict and what would help: the facts with their places, then the repairs by number. */
export function tellClash(
  {diagnostic, offers}: Omit<Extract<Edited, {kind: 'clash'}>, 'kind'>,
  reporter: Reporter,
  way: Way,
): void {
  if (reporter.format === 'json') {
    reporter.json({diagnostics: [diagnosticToJson(diagnostic)], repairs: offers});
    return;
  }
  reporter.diagnostics([diagnostic]);
  reporter.note(`\n${offerLines(offers, way).join('\n')}`);
}

/** The number after --apply. */
export function repairNumber(given: string | undefined): number | undefined | 'no number' {
  if (given === undefined) return undefined;
  return /^[1-9][0-9]?$/.test(given) ? Number(given) : 'no number';
}

export function notANumber(given: string | undefined) {
  return {
    severity: 'error' as const,
    message: `Expected the number of a repair for --apply, but was "${given ?? ''}".`,
  };
}
