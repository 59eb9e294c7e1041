// SPDX-License-Identifier: BSD-3-Clause

import {
  counted,
  type Diagnostic,
  type InterfaceName,
  type LibName,
  printDiagnostic,
  printPlace,
  type Version,
} from '../../base/index.ts';
import type {Catalog, OptionValue} from '../../catalog/index.ts';
import type {Reason, Solution} from '../../solve/index.ts';
import type {Spec} from '../../spec/index.ts';
import {type Answer, answerOn, type Clash, poseOn} from '../answer.ts';
import type {Engine} from '../engine.ts';
import {type LastBuild, lastBuild} from '../last-build.ts';
import {shown} from '../project.ts';
import {type Estimate, estimate} from './estimate.ts';
import {noWishes, type Wishes, wishesOf} from './wishes.ts';

/** A sentence, and where what it says was written. */
export interface Sentence {
  readonly text: string;
  readonly place?: string;
}

/** A mistake in what the user wrote. */
export interface Mistake {
  readonly message: string;
  readonly place?: string;
  /** All of it as a person reads it, with the line that is meant; several lines. */
  readonly text: string;
}

/** What is known of one text of a Kraftfile. */
export interface Reading {
  readonly text: string;
  readonly wishes: Wishes;
  readonly mistakes: readonly Mistake[];
  /** An answer for each target, in their order; none where there are mistakes. */
  readonly targets: readonly TargetReading[];
}

export interface TargetReading {
  /** As `PLATFORM/ARCH`. */
  readonly target: string;
  readonly platform: LibName;
  readonly arch: LibName;
  readonly answer: ImageView | ClashView;
}

/** What an image is made of. */
export interface ImageView {
  readonly kind: 'image';
  readonly libs: readonly {
    readonly name: LibName;
    readonly version: Version;
    readonly options: Readonly<Record<string, OptionValue>>;
    /** The reason that is nearest to the Kraftfile. */
    readonly because: string;
  }[];
  readonly providers: Readonly<Record<InterfaceName, readonly LibName[]>>;
  readonly estimate: Estimate;
  /** Bytes in memory of the image in the build folder. */
  readonly built?: number;
}

/** That there is no image, and the facts that clash. */
export interface ClashView {
  readonly kind: 'clash';
  readonly facts: readonly Sentence[];
}

/** A reading, with the answers themselves for whoever asks more. */
export interface Examined {
  readonly reading: Reading;
  readonly answers: readonly (Answer | Clash)[];
}

/** Checks and solves a text as if it stood in the Kraftfile at `path`. */
export async function examine(
  engine: Engine,
  {path, text, catalog}: {readonly path: string; readonly text: string; readonly catalog: Catalog},
): Promise<Examined> {
  const [{parseKraftfile}, {checkSpec}] = await Promise.all([
    import('../../spec/index.ts'),
    import('../../catalog/index.ts'),
  ]);
  const checked = parseKraftfile({path: shown(engine, path), text}, path);
  const spec = checked.ok ? checked.value : checked.rest;
  const misfits = spec === undefined ? [] : checkSpec(spec, catalog);
  const wrong = [...(checked.ok ? [] : checked.error), ...misfits].filter(({severity}) => severity === 'error');
  const wishes = spec === undefined ? noWishes : wishesOf(spec);
  if (wrong.length > 0 || spec === undefined)
    return {reading: {text, wishes, mistakes: wrong.map(mistakeOf), targets: []}, answers: []};
  const answers = await answersFor(engine, spec, catalog);
  if (!Array.isArray(answers))
    return {reading: {text, wishes, mistakes: answers.wrong.map(mistakeOf), targets: []}, answers: []};
  const targets = await Promise.all(answers.map(async (answer) => targetReading(engine, answer)));
  return {reading: {text, wishes, mistakes: [], targets}, answers};
}

/** As far as a text can be read by itself, before the catalog is there. */
export async function glance(engine: Engine, {path, text}: {readonly path: string; readonly text: string}) {
  const {parseKraftfile} = await import('../../spec/index.ts');
  const checked = parseKraftfile({path: shown(engine, path), text}, path);
  const spec: Spec | undefined = checked.ok ? checked.value : checked.rest;
  return {
    text,
    wishes: spec === undefined ? noWishes : wishesOf(spec),
    mistakes: checked.ok ? [] : checked.error.map(mistakeOf),
    targets: [],
  };
}

async function answersFor(
  engine: Engine,
  spec: Spec,
  catalog: Catalog,
): Promise<(Answer | Clash)[] | {readonly wrong: readonly Diagnostic[]}> {
  const requests =
    spec.targets.length === 0 ? [{}] : spec.targets.map((target) => ({plat: target.platform, arch: target.arch}));
  const answers: (Answer | Clash)[] = [];
  for (const request of requests) {
    const posed = await poseOn(engine, {spec, catalog}, request);
    if (!posed.ok) return {wrong: posed.error};
    const answer = await answerOn(engine, posed.value, request);
    if (!answer.ok) return {wrong: answer.error};
    answers.push(answer.value);
  }
  return answers;
}

async function targetReading(engine: Engine, answer: Answer | Clash): Promise<TargetReading> {
  const {platform, arch} = answer.target;
  const target = `${platform}/${arch}`;
  if ('conflict' in answer) return {target, platform, arch, answer: clashView(answer)};
  const built = await lastBuild(engine, answer.spec.folder, answer.target);
  return {target, platform, arch, answer: imageView(answer.solution, answer.catalog, built)};
}

export function clashView({conflict}: Clash): ClashView {
  return {kind: 'clash', facts: conflict.facts.map(sentenceOf)};
}

function imageView(solution: Solution, catalog: Catalog, built: LastBuild | undefined): ImageView {
  return {
    kind: 'image',
    libs: solution.libs.map(({name, version, options, reasons}) => ({
      name,
      version,
      options,
      because: reasons[0]?.text ?? '',
    })),
    providers: Object.fromEntries(solution.providers),
    estimate: estimate(solution, catalog, built),
    ...(built !== undefined && {built: built.loaded}),
  };
}

export function sentenceOf({text, at}: Reason): Sentence {
  return {text, ...(at !== undefined && {place: printPlace(at)})};
}

export function mistakeOf(diagnostic: Diagnostic): Mistake {
  const {message, at} = diagnostic;
  return {message, text: printDiagnostic(diagnostic), ...(at !== undefined && {place: printPlace(at)})};
}

/** `2 mistakes`, `no image for kvm/x86_64`. */
export function troubleWords(reading: Reading): string {
  const clashing = reading.targets.filter(({answer}) => answer.kind === 'clash').map(({target}) => target);
  if (reading.mistakes.length > 0) return counted(reading.mistakes.length, 'mistake');
  return clashing.length === 0 ? '' : `no image for ${clashing.join(' and ')}`;
}
