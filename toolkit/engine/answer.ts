// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, type LibName, libName, ok, type Result, versionRange} from '../base/index.ts';
import type {Catalog} from '../catalog/index.ts';
import type {Conflict, Lock, Question, Solution} from '../solve/index.ts';
import type {Spec, Target} from '../spec/index.ts';
import type {Engine} from './engine.ts';
import {lockName, openLock, refuseDrift} from './lock.ts';
import {patient} from './patience.ts';
import {openProject, type Project} from './project.ts';
import {chooseTarget, type TargetRequest} from './target.ts';
import {tracersOf, withTracers} from './tracers.ts';

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
  /** When these began, by the host's clock; absent: once the question is posed. */
  readonly since?: number | undefined;
  /** Aborted: likewise. */
  readonly signal?: AbortSignal | undefined;
  /** What is to be traced, as libs call it: those libs are in the image, too. */
  readonly trace?: string | undefined;
  /** Libs that are not to be had. */
  readonly without?: readonly LibName[] | undefined;
}

/** Which libs the image is made of, as the lock and the Kraftfile have it. */
export async function solveProject(engine: Engine, request: SolveRequest): Promise<Result<Answer>> {
  const answer = await answerProject(engine, request);
  if (!answer.ok) return answer;
  if ('solution' in answer.value) return answer.value.solution.proven ? ok(answer.value) : fail([notProven(request)]);
  const {diagnose, repair} = await import('../solve/index.ts');
  const [first] = await repair(answer.value.question);
  return fail([{...diagnose(answer.value.conflict), ...(first !== undefined && {help: first.text})}]);
}

/** As `solveProject`, where the caller knows what to make of a conflict. */
export async function answerProject(engine: Engine, request: SolveRequest): Promise<Result<Answer | Clash>> {
  const since = engine.host.now();
  const [posed] = await Promise.all([poseProject(engine, request), loadSolver(engine, request)]);
  return posed.ok ? answerOn(engine, posed.value, {since, ...request}) : posed;
}

/** While manifests are read: a lock that holds is an answer, but where there is none, the solver will be needed. */
async function loadSolver({host, folder}: Engine, {update}: SolveRequest): Promise<void> {
  if (update === undefined && (await host.facts(join(folder, lockName))) !== undefined) return;
  const {loadCadical} = await import('../solve/index.ts');
  await loadCadical();
}

/** As `answerProject`, for a question that is posed already. */
export async function answerOn(
  engine: Engine,
  posed: PosedProject,
  request: SolveRequest,
): Promise<Result<Answer | Clash>> {
  const found = await answerTo(engine, posed, request);
  if (found.kind === 'undecided') return fail([undecided(request)]);
  if (found.kind === 'conflict') return ok({...posed, conflict: found});
  const answer = {...posed, solution: found};
  const drift = request.lockfile === 'obey' ? await refuseDrift(engine, answer) : undefined;
  return drift === undefined ? ok(answer) : fail([drift]);
}

/** Whoever asks for a root file system or a volume asks for somebody who shows it, and for the files of all. */
function withFiles(spec: Spec, {interfaces}: Catalog): Spec {
  const {rootfs, volumes, needs} = spec;
  const [volume] = volumes;
  const wanted = [
    ...(rootfs === undefined ? [] : ['initrd', 'vfs'].map((name) => ({name, at: rootfs.at}))),
    ...volumes.map(({value, at}) => ({name: `volume-${value.kind}`, at})),
    ...(volume === undefined ? [] : [{name: 'vfs', at: volume.at}]),
    ...(volume === undefined || rootfs !== undefined ? [] : [{name: 'scratch', at: volume.at}]),
  ];
  const all = [...needs];
  for (const {name, at} of wanted) {
    const known = interfaces.find((each) => each.name === name)?.name;
    if (known !== undefined && !all.some((need) => need.name === known))
      all.push({name: known, version: versionRange('*'), at});
  }
  return {...spec, needs: all};
}

/** The project, the target that is meant, and the lock. */
export async function poseProject(engine: Engine, request: SolveRequest): Promise<Result<PosedProject>> {
  const project = await openProject(engine);
  return project.ok ? poseOn(engine, project.value, request) : project;
}

/** As `poseProject`, for a project that is open already. */
export async function poseOn(
  engine: Engine,
  {spec, catalog}: Project,
  request: SolveRequest,
): Promise<Result<PosedProject>> {
  const target = chooseTarget(spec, catalog, request);
  if (!target.ok) return target;
  const tracers = tracersOf(catalog, request.trace);
  if (!tracers.ok) return tracers;
  const lock = await openLock(engine, spec.folder);
  if (!lock.ok) return lock;
  const question = {
    spec: withTracers(withFiles(spec, catalog), tracers.value),
    catalog: {...catalog, libs: catalog.libs.filter((lib) => request.without?.includes(lib.name) !== true)},
    target: target.value,
    ...(lock.value !== undefined && {lock: lock.value}),
    ...(request.update !== undefined && {update: updated(request.update)}),
  };
  return ok({spec, catalog, target: target.value, lock: lock.value, question});
}

async function answerTo(
  {host}: Engine,
  {question}: PosedProject,
  {deadline = Infinity, since = host.now(), signal}: SolveRequest,
) {
  const {recall, solveWithin} = await import('../solve/index.ts');
  const recalled = recall(question);
  if (recalled !== undefined) return recalled;
  const end = since + deadline;
  return solveWithin(
    question,
    patient(host, () => signal?.aborted === true || host.now() >= end),
  );
}

function undecided({deadline, signal}: SolveRequest): Diagnostic {
  const when = signal?.aborted === true ? 'so far' : `within ${(deadline ?? 0) / 1000} s`;
  return {
    severity: 'error',
    message: `Nothing was found ${when}: neither an image nor that there is none.`,
    help: deadline === undefined ? 'Give it more time.' : 'Give it more time, or leave --deadline out.',
  };
}

/** What is not known to be the best is for looking at, and nothing to go on from. */
export function notProven({signal}: SolveRequest): Diagnostic {
  const why = signal?.aborted === true ? 'It was interrupted' : 'The time was over';
  return {
    severity: 'error',
    message: `${why} before an answer was proven to be the best, so nothing was written.`,
    help: 'Give it more time: without a deadline the search ends with a proof.',
  };
}

function updated(update: 'everything' | readonly string[]): 'everything' | readonly LibName[] {
  return update === 'everything' ? update : update.map(libName);
}
