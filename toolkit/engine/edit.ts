// SPDX-License-Identifier: BSD-3-Clause

import {dirname} from 'node:path';
import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Difference} from '../solve/index.ts';
import type {Edit, Spec, Target} from '../spec/index.ts';
import {type Answer, answerProject, type Clash} from './answer.ts';
import {type ChangedLine, changedLines} from './edit-lines.ts';
import {choiceOf, settingOf, unsettingOf} from './edit-name.ts';
import type {Engine} from './engine.ts';
import {openCatalog, openKraftfile, openProject, shown} from './project.ts';
import {explain, type Offer, offersFor} from './repair.ts';
import type {TargetRequest} from './target.ts';

/** What a user wants of the Kraftfile, in his words. */
export type Wish =
  | {readonly kind: 'set'; readonly name: string; readonly value: string}
  | {readonly kind: 'unset'; readonly name: string}
  | {readonly kind: 'choose'; readonly interface: string; readonly lib: string}
  | {readonly kind: 'edits'; readonly edits: readonly Edit[]};

export interface EditRequest extends TargetRequest {
  readonly wish: Wish;
  /** Should it clash, take the repair of this number with it. */
  readonly apply?: number | undefined;
}

/** What came of it. */
export type Edited =
  | {readonly kind: 'unchanged'; readonly path: string}
  | {
      readonly kind: 'written';
      /** As the user would write it. */
      readonly path: string;
      readonly lines: readonly ChangedLine[];
      /** How the image of the first target that is concerned becomes another; absent where it had none. */
      readonly change?: Difference;
    }
  /** Nothing was written. */
  | {readonly kind: 'clash'; readonly diagnostic: Diagnostic; readonly offers: readonly Offer[]};

/** Changes the Kraftfile, unless what then stands there is wrong or has no image. */
export async function editProject(engine: Engine, request: EditRequest): Promise<Result<Edited>> {
  const opened = await openKraftfile(engine);
  if (!opened.ok) return opened;
  const {path, text} = opened.value;
  const edits = await editsFor(engine, dirname(path), request.wish);
  return edits.ok ? change(engine, {path, text, edits: edits.value, request}) : edits;
}

interface Plan {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly edits: readonly Edit[];
  readonly request: EditRequest;
}

async function change(engine: Engine, plan: Plan): Promise<Result<Edited>> {
  const {text, edits, request} = plan;
  const path = shown(engine, plan.path);
  const after = await edited(text, edits);
  if (after === undefined) return openProject(engine).then((project) => (project.ok ? noMap() : project));
  if (after === text) return ok({kind: 'unchanged', path});
  const then = asIf(engine, plan.path, after);
  const project = await openProject(then);
  if (!project.ok) return project;
  const answers = await answersFor({...then, emit: () => undefined}, project.value.spec, request);
  if (!answers.ok) return answers;
  for (const answer of answers.value) {
    if ('solution' in answer) continue;
    const before = await answerAsIs(engine, answer.target);
    // A change need not give an image to a target that has none anyway.
    if (before !== undefined && 'conflict' in before) continue;
    const offers = await offersFor(answer, before?.solution);
    const taken = request.apply === undefined ? undefined : offers[request.apply - 1];
    if (taken !== undefined)
      return change(engine, {...plan, edits: [...edits, ...taken.edits], request: {...request, apply: undefined}});
    if (request.apply !== undefined && offers.length > 0) return fail([noSuchRepair(request.apply, offers.length)]);
    return ok({kind: 'clash', diagnostic: await explain(answer), offers});
  }
  const difference = await differenceTo(engine, answers.value);
  const place = (await engine.host.realPath(plan.path)) ?? plan.path;
  if ((await engine.host.readFile(place)) !== text) return fail([changedMeanwhile(path)]);
  await engine.host.writeFile(place, after);
  return ok({
    kind: 'written',
    path,
    lines: changedLines(text, after),
    ...(difference !== undefined && {change: difference}),
  });
}

export function noSuchRepair(number: number, count: number): Diagnostic {
  const message = `There is no repair ${number}: there ${count === 1 ? 'is one' : `are ${count}`}.`;
  return {severity: 'error', message, help: 'Without --apply they are shown.'};
}

/** An engine for which the file has another content. */
export function asIf(engine: Engine, path: string, text: string): Engine {
  const {host} = engine;
  const readFile = async (asked: string): Promise<string | undefined> => (asked === path ? text : host.readFile(asked));
  return {...engine, host: {...host, readFile}};
}

/** The text with edits made; undefined where it is no YAML that can be edited. */
export async function edited(text: string, edits: readonly Edit[]): Promise<string | undefined> {
  const {editKraftfile} = await import('../spec/index.ts');
  return editKraftfile(text, edits);
}

function noMap(): never {
  throw new Error('Internal error: a Kraftfile that is right is no YAML map');
}

async function editsFor(engine: Engine, folder: string, wish: Wish): Promise<Result<readonly Edit[]>> {
  if (wish.kind === 'edits') return ok(wish.edits);
  const catalog = await openCatalog(engine, folder);
  if (!catalog.ok) return catalog;
  if (wish.kind === 'unset') return unsettingOf(catalog.value, wish.name);
  const edit =
    wish.kind === 'set'
      ? settingOf(catalog.value, wish.name, wish.value)
      : choiceOf(catalog.value, wish.interface, wish.lib);
  return edit.ok ? ok([edit.value]) : edit;
}

/** For the target that is asked for, or for all of them. */
async function answersFor(
  engine: Engine,
  spec: Spec,
  {plat, arch}: TargetRequest,
): Promise<Result<readonly (Answer | Clash)[]>> {
  const isOne = plat !== undefined || arch !== undefined || spec.targets.length === 0;
  const requests = isOne ? [{plat, arch}] : spec.targets.map((target) => ({plat: target.platform, arch: target.arch}));
  const answers: (Answer | Clash)[] = [];
  for (const request of requests) {
    const answer = await answerProject(engine, request);
    if (!answer.ok) return answer;
    answers.push(answer.value);
  }
  return ok(answers);
}

/** For a target, before anything is changed; undefined where the Kraftfile is wrong. */
async function answerAsIs(engine: Engine, {platform, arch}: Target): Promise<Answer | Clash | undefined> {
  const quiet = {...engine, emit: () => undefined};
  const answer = await answerProject(quiet, {plat: platform, arch});
  return answer.ok ? answer.value : undefined;
}

async function differenceTo(engine: Engine, answers: readonly (Answer | Clash)[]): Promise<Difference | undefined> {
  const after = answers.find((answer) => 'solution' in answer);
  if (after === undefined) return undefined;
  const before = await answerAsIs(engine, after.target);
  if (before === undefined || !('solution' in before)) return undefined;
  const {difference} = await import('../solve/index.ts');
  return difference(before.solution, after.solution, after.catalog);
}

function changedMeanwhile(path: string): Diagnostic {
  return {
    severity: 'error',
    message: `${path} was changed by somebody else meanwhile. Nothing was written.`,
    help: 'Look at it, and run the command again.',
  };
}
