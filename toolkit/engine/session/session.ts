// SPDX-License-Identifier: BSD-3-Clause

import {fail, type LibName, ok, type Result} from '../../base/index.ts';
import type {Catalog} from '../../catalog/index.ts';
import type {Edit} from '../../spec/index.ts';
import type {Answer, Clash} from '../answer.ts';
import {buildProject} from '../build-project.ts';
import {edited} from '../edit.ts';
import {type ChangedLine, changedLines} from '../edit-lines.ts';
import type {Engine} from '../engine.ts';
import {openCatalog, openKraftfile, shown} from '../project.ts';
import {offersFor} from '../repair.ts';
import type {Cost} from '../what-if-cost.ts';
import {type CatalogView, viewOf} from './catalog-view.ts';
import {type Fix, fixesFor} from './fixes.ts';
import {
  clashView,
  type Examined,
  examine,
  glance,
  type Mistake,
  mistakeOf,
  type Reading,
  type Sentence,
} from './reading.ts';
import {standingOf} from './standing.ts';
import {type Explanation, explanationOf} from './why-sentences.ts';
import {sameWishes} from './wishes.ts';

/** Libs that are sent at once, so that whoever hears of them is not kept busy for long. */
const partSize = 100;

/** Some libs of a catalog, and how many are left; the first part has the interfaces. */
export interface CatalogPart extends CatalogView {
  readonly left: number;
}

/** A Kraftfile as it was found. */
export interface OpenedFile {
  /** As the user would write it. */
  readonly path: string;
  readonly reading: Reading;
}

/** What a user wants changed, and what of it: a text, and what stands in the file. */
export interface AttemptRequest {
  readonly text: string;
  readonly saved: string;
  readonly step: Step;
}

/** Edits of what the Kraftfile says, or another text altogether. */
export type Step =
  | {readonly kind: 'edits'; readonly edits: readonly Edit[]}
  | {readonly kind: 'text'; readonly text: string};

/** What would come of a change. Nothing is written. */
export type Attempt =
  | {readonly kind: 'done'; readonly reading: Reading}
  /** What then stands there is wrong. */
  | {readonly kind: 'mistakes'; readonly mistakes: readonly Mistake[]}
  | {readonly kind: 'clash'; readonly sheet: ClashSheet};

/** The smallest set of facts that clash, and the smallest changes that help. */
export interface ClashSheet {
  readonly target: string;
  readonly facts: readonly Sentence[];
  readonly repairs: readonly RepairView[];
}

/** A way out of a clash, previewed. */
export interface RepairView {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** How the Kraftfile changes, with what was wanted. */
  readonly lines: readonly ChangedLine[];
  readonly on: readonly string[];
  readonly off: readonly string[];
  /** As `lib.option 8 → 16`, and `lib 1.0.0 → 1.1.0`. */
  readonly otherwise: readonly string[];
  readonly cost: Cost;
}

/** Libs that are in the image, or cannot be, whatever else is asked for. */
export interface StandingView {
  readonly forced: Readonly<Record<LibName, 'in' | 'out'>>;
  readonly complete: boolean;
}

export type Saved =
  | {readonly kind: 'saved'}
  /** Somebody else changed the file; nothing was written. */
  | {readonly kind: 'changed'; readonly text: string | undefined}
  | {readonly kind: 'failed'; readonly message: string};

export type Built =
  | {readonly kind: 'built'; readonly image: string; readonly loaded: number}
  | {readonly kind: 'stopped'}
  | {readonly kind: 'failed'; readonly mistakes: readonly Mistake[]};

/**
 * A Kraftfile that somebody looks at and changes. It holds no draft: each call says of which text it speaks, and only
 * `save` writes one. Arguments and results are plain data.
 */
export interface Session {
  open(): Promise<Result<OpenedFile, readonly Mistake[]>>;
  /** Some of the catalog, from so many libs on; the first call reads every manifest, and the calls below wait for that. */
  catalog(from: number): Promise<Result<CatalogPart, readonly Mistake[]>>;
  examine(text: string): Promise<Reading>;
  attempt(request: AttemptRequest): Promise<Attempt>;
  /** What clashes in a text as it is, and what helps; undefined where nothing does. */
  clash(text: string): Promise<ClashSheet | undefined>;
  fixes(text: string): Promise<readonly Fix[]>;
  /** Undefined where it was stopped: something else is wanted by now. */
  standing(
    request: {readonly text: string; readonly target: string},
    stop?: () => boolean,
  ): Promise<StandingView | undefined>;
  why(request: {readonly text: string; readonly target: string; readonly name: string}): Promise<Explanation>;
  /** Writes `text` in one step, where the file still is `over`. */
  save(request: {readonly text: string; readonly over: string}): Promise<Saved>;
  onDisk(): Promise<string | undefined>;
  build(target: string): Promise<Built>;
  stopBuild(): Promise<void>;
  /** Ends it, and a build. */
  dispose(): void;
}

export function openSession(engine: Engine): Session {
  const quiet: Engine = {...engine, emit: () => undefined};
  let file: {readonly path: string; readonly text: string} | undefined;
  let loading: Promise<Result<Catalog>> | undefined;
  let view: CatalogView | undefined;
  let building: AbortController | undefined;
  const examined = new Map<string, Promise<Examined>>();

  const opened = async (): Promise<{readonly path: string; readonly text: string}> => {
    if (file !== undefined) return file;
    const found = await openKraftfile(quiet);
    if (!found.ok) throw new Error('Internal error: the Kraftfile was not opened');
    file = found.value;
    return file;
  };

  const loaded = async (): Promise<Result<Catalog>> => {
    const {path} = await opened();
    loading ??= openCatalog(quiet, folderOf(path));
    return loading;
  };

  const looked = async (text: string): Promise<Examined> => {
    const known = examined.get(text);
    if (known !== undefined) return known;
    const found = (async () => {
      const [{path}, catalog] = await Promise.all([opened(), loaded()]);
      if (catalog.ok) return examine(quiet, {path, text, catalog: catalog.value});
      const {wishes} = await glance(quiet, {path, text});
      return {reading: {text, wishes, mistakes: catalog.error.map(mistakeOf), targets: []}, answers: []};
    })();
    examined.set(text, found);
    for (const [old] of examined) if (examined.size > 16) examined.delete(old);
    return found;
  };

  const answerFor = async (text: string, target: string): Promise<Answer | Clash | undefined> => {
    const {reading, answers} = await looked(text);
    return answers[reading.targets.findIndex((each) => each.target === target)];
  };

  return {
    async open() {
      const found = await openKraftfile(quiet);
      if (!found.ok) return fail(found.error.map(mistakeOf));
      file = found.value;
      return ok({path: shown(quiet, file.path), reading: await glance(quiet, file)});
    },
    async catalog(from) {
      const catalog = await loaded();
      if (!catalog.ok) return fail(catalog.error.map(mistakeOf));
      view ??= viewOf(catalog.value);
      const {libs, interfaces} = view;
      const part = libs.slice(from, from + partSize);
      return ok({interfaces: from === 0 ? interfaces : [], libs: part, left: libs.length - from - part.length});
    },
    async examine(text) {
      return (await looked(text)).reading;
    },
    async attempt({text, saved, step}) {
      const before = await looked(text);
      const after = step.kind === 'text' ? step.text : await edited(text, step.edits);
      if (after === undefined) return {kind: 'mistakes', mistakes: before.reading.mistakes};
      const now = await looked(await asSaved(after, saved));
      const {reading} = now;
      // On the way out of mistakes any step is welcome.
      if (before.reading.mistakes.length > 0 && reading.mistakes.length <= before.reading.mistakes.length)
        return {kind: 'done', reading};
      if (reading.mistakes.length > before.reading.mistakes.length)
        return {kind: 'mistakes', mistakes: reading.mistakes};
      const clash = now.answers.find((answer) => 'conflict' in answer && !isClash(before, answer));
      if (clash === undefined || !('conflict' in clash)) return {kind: 'done', reading};
      return {kind: 'clash', sheet: await sheetOf(clash, {before, text, after: reading.text})};
    },
    async clash(text) {
      const now = await looked(text);
      const clash = now.answers.find((answer) => 'conflict' in answer);
      return clash !== undefined && 'conflict' in clash ? sheetOf(clash, {before: now, text, after: text}) : undefined;
    },
    async fixes(text) {
      const {reading} = await looked(text);
      if (reading.mistakes.length === 0) return [];
      const [{path}, catalog] = await Promise.all([opened(), loaded()]);
      if (!catalog.ok) return [];
      return fixesFor(quiet, {path, text, catalog: catalog.value});
    },
    async standing({text, target}, stop = () => false) {
      const answer = await answerFor(text, target);
      return answer === undefined || 'conflict' in answer
        ? {forced: {}, complete: true}
        : standingOf(answer, {stop, now: () => engine.host.now()});
    },
    async why({text, target, name}) {
      const answer = await answerFor(text, target);
      return explanationOf(name, answer);
    },
    async save({text, over}) {
      const {path} = await opened();
      return save(quiet, {path, text, over});
    },
    async onDisk() {
      const {path} = await opened();
      return engine.host.readFile(path);
    },
    async build(target) {
      const [plat, arch] = target.split('/');
      building = new AbortController();
      const {signal} = building;
      const built = await buildProject(engine, {plat, arch, compiler: 'gcc', lockfile: 'keep', signal});
      if (signal.aborted) return {kind: 'stopped'};
      // What the libs measured is another now.
      examined.clear();
      if (!built.ok) return {kind: 'failed', mistakes: built.error.map(mistakeOf)};
      return {kind: 'built', image: shown(engine, built.value.image), loaded: built.value.facts.loaded};
    },
    async stopBuild() {
      building?.abort();
    },
    dispose() {
      building?.abort();
    },
  };

  /** What asks for the same as the file is the file, byte by byte. */
  async function asSaved(text: string, saved: string): Promise<string> {
    if (text === saved) return text;
    const {path} = await opened();
    const [now, then] = await Promise.all([glance(quiet, {path, text}), glance(quiet, {path, text: saved})]);
    const isRight = now.mistakes.length === 0 && (await looked(saved)).reading.mistakes.length === 0;
    return isRight && sameWishes(now.wishes, then.wishes) ? saved : text;
  }
}

/** Whether a target had no image before either. */
function isClash(before: Examined, {target}: Clash): boolean {
  const name = `${target.platform}/${target.arch}`;
  return before.reading.targets.some((each) => each.target === name && each.answer.kind === 'clash');
}

async function sheetOf(
  clash: Clash,
  {before, text, after}: {readonly before: Examined; readonly text: string; readonly after: string},
): Promise<ClashSheet> {
  const target = `${clash.target.platform}/${clash.target.arch}`;
  const was = before.answers[before.reading.targets.findIndex((each) => each.target === target)];
  const offers = await offersFor(clash, was !== undefined && 'solution' in was ? was.solution : undefined);
  const repairs = offers.map(async ({text: sentence, edits, cost, change}): Promise<RepairView> => {
    const then = (await edited(after, edits)) ?? after;
    return {
      text: sentence,
      edits,
      cost,
      lines: changedLines(text, then),
      on: (change?.added ?? []).map(({name}) => name),
      off: (change?.removed ?? []).map(({name}) => name),
      otherwise: [
        ...(change?.versions ?? []).map((each) => `${each.lib} ${each.before} → ${each.after}`),
        ...(change?.options ?? []).map(
          (each) => `${each.lib}.${each.option} ${String(each.before)} → ${String(each.after)}`,
        ),
      ],
    };
  });
  const views = await Promise.all(repairs);
  // To do without what was wanted is to take none of them.
  return {target, facts: clashView(clash).facts, repairs: views.filter(({lines}) => lines.length > 0)};
}

async function save(
  {host}: Engine,
  {path, text, over}: {readonly path: string; readonly text: string; readonly over: string},
): Promise<Saved> {
  const place = (await host.realPath(path)) ?? path;
  const now = await host.readFile(place);
  if (now === text) return {kind: 'saved'};
  if (now !== over) return {kind: 'changed', text: now};
  try {
    await host.writeFile(place, text);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'HostError') throw error;
    return {kind: 'failed', message: error.message};
  }
  return {kind: 'saved'};
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
