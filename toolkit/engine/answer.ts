// SPDX-License-Identifier: BSD-3-Clause

import {fail, type LibName, libName, ok, type Result} from '../base/index.ts';
import type {Lock, Solution} from '../solve/index.ts';
import type {Target} from '../spec/index.ts';
import type {Engine} from './engine.ts';
import {openLock} from './lock.ts';
import {openProject, type Project} from './project.ts';
import {chooseTarget, type TargetRequest} from './target.ts';

/** A project, one of its targets, and what goes into that target's image. */
export interface Answer extends Project {
  readonly target: Target;
  readonly solution: Solution;
  /** What kraft.lock said before. */
  readonly lock: Lock | undefined;
}

export interface SolveRequest extends TargetRequest {
  /** What the lock does not hold on to: everything, or the libs of these names. */
  readonly update?: 'everything' | readonly string[] | undefined;
}

/** Which libs the image is made of, as the lock and the Kraftfile have it. */
export async function solveProject(engine: Engine, request: SolveRequest): Promise<Result<Answer>> {
  const project = await openProject(engine);
  if (!project.ok) return project;
  const target = chooseTarget(project.value.spec, project.value.catalog, request);
  if (!target.ok) return target;
  const lock = await openLock(engine, project.value.spec.folder);
  if (!lock.ok) return lock;
  const {diagnose, recall, repair, solve} = await import('../solve/index.ts');
  const {spec, catalog} = project.value;
  const question = {
    spec,
    catalog,
    target: target.value,
    ...(lock.value !== undefined && {lock: lock.value}),
    ...(request.update !== undefined && {update: updated(request.update)}),
  };
  const answer = recall(question) ?? (await solve(question));
  if (answer.kind === 'conflict') {
    const [first] = await repair(question);
    return fail([{...diagnose(answer), ...(first !== undefined && {help: first.text})}]);
  }
  return ok({...project.value, target: target.value, solution: answer, lock: lock.value});
}

function updated(update: 'everything' | readonly string[]): 'everything' | readonly LibName[] {
  return update === 'everything' ? update : update.map(libName);
}
