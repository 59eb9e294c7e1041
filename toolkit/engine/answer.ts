// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, type LibName, libName, ok, type Result, versionRange} from '../base/index.ts';
import type {Catalog} from '../catalog/index.ts';
import type {Conflict, Lock, Question, Solution} from '../solve/index.ts';
import type {Spec, Target} from '../spec/index.ts';
import type {Engine} from './engine.ts';
import {openLock, refuseDrift} from './lock.ts';
import {openProject, type Project} from './project.ts';
import {chooseTarget, type TargetRequest} from './target.ts';

/** A project and one of its targets: what the solver is asked. */
export interface PosedProject extends Project {
  readonly target: Target;
  /** What kraft.lock said before. */
  readonly lock: Lock | undefined;
  readonly question: Question;
}

/** A project, one of its targets, and what goes into that target's image. */
export interface Answer extends PosedProject {
  readonly solution: Solution;
}

/** A project that has no image for its target, and why. */
export interface Clash extends PosedProject {
  readonly conflict: Conflict;
}

export interface SolveRequest extends TargetRequest {
  /** What the lock does not hold on to: everything, or the libs of these names. */
  readonly update?: 'everything' | readonly string[] | undefined;
  /** With `obey`, an answer other than the lock's is refused. */
  readonly lockfile?: 'keep' | 'obey' | undefined;
  /** Milliseconds after which the best answer so far will do. */
  readonly deadline?: number | undefined;
  /** Libs that are not to be had. */
  readonly without?: readonly LibName[] | undefined;
}

/** Which libs the image is made of, as the lock and the Kraftfile have it. */
export async function solveProject(engine: Engine, request: SolveRequest): Promise<Result<Answer>> {
  const answer = await answerProject(engine, request);
  if (!answer.ok) return answer;
  if ('solution' in answer.value) return ok(answer.value);
  const {diagnose, repair} = await import('../solve/index.ts');
  const [first] = await repair(answer.value.question);
  return fail([{...diagnose(answer.value.conflict), ...(first !== undefined && {help: first.text})}]);
}

/** As `solveProject`, where the caller knows what to make of a conflict. */
export async function answerProject(engine: Engine, request: SolveRequest): Promise<Result<Answer | Clash>> {
  const posed = await poseProject(engine, request);
  if (!posed.ok) return posed;
  const found = await answerTo(engine, posed.value, request.deadline);
  if (found.kind === 'undecided') return fail([undecided(request.deadline ?? 0)]);
  if (found.kind === 'conflict') return ok({...posed.value, conflict: found});
  const answer = {...posed.value, solution: found};
  const drift = request.lockfile === 'obey' ? await refuseDrift(engine, answer) : undefined;
  return drift === undefined ? ok(answer) : fail([drift]);
}

/** Whoever asks for a root file system asks for somebody who shows it. */
function withRoot(spec: Spec, {interfaces}: Catalog): Spec {
  const {rootfs, needs} = spec;
  const shown = interfaces.find(({name}) => name === 'initrd')?.name;
  if (rootfs === undefined || shown === undefined || needs.some(({name}) => name === shown)) return spec;
  return {...spec, needs: [...needs, {name: shown, version: versionRange('*'), at: rootfs.at}]};
}

/** The project, the target that is meant, and the lock. */
export async function poseProject(engine: Engine, request: SolveRequest): Promise<Result<PosedProject>> {
  const project = await openProject(engine);
  if (!project.ok) return project;
  const {spec, catalog} = project.value;
  const target = chooseTarget(spec, catalog, request);
  if (!target.ok) return target;
  const lock = await openLock(engine, spec.folder);
  if (!lock.ok) return lock;
  const question = {
    spec: withRoot(spec, catalog),
    catalog: {...catalog, libs: catalog.libs.filter((lib) => request.without?.includes(lib.name) !== true)},
    target: target.value,
    ...(lock.value !== undefined && {lock: lock.value}),
    ...(request.update !== undefined && {update: updated(request.update)}),
  };
  return ok({spec, catalog, target: target.value, lock: lock.value, question});
}

async function answerTo({host}: Engine, {question}: PosedProject, deadline: number | undefined) {
  const {recall, solve, solveWithin} = await import('../solve/index.ts');
  const recalled = recall(question);
  if (recalled !== undefined) return recalled;
  if (deadline === undefined) return solve(question);
  const end = host.now() + deadline;
  return solveWithin(question, {stop: () => host.now() >= end});
}

function undecided(deadline: number): Diagnostic {
  return {
    severity: 'error',
    message: `Nothing was found within ${deadline / 1000} s: neither an image nor that there is none.`,
    help: 'Give it more time, or leave --deadline out.',
  };
}

function updated(update: 'everything' | readonly string[]): 'everything' | readonly LibName[] {
  return update === 'everything' ? update : update.map(libName);
}
