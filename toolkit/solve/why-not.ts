// SPDX-License-Identifier: BSD-3-Clause

import {type LibName, versionRange} from '../base/index.ts';
import type {Spec} from '../spec/index.ts';
import {type Difference, difference} from './difference.ts';
import type {Question} from './pose.ts';
import type {Conflict, Solution} from './solution.ts';
import {solve} from './solve.ts';

/** What keeps a lib out: facts that clash with it, or only that something else was better. */
export type WhyNot =
  | {readonly kind: 'in'}
  | {readonly kind: 'impossible'; readonly conflict: Conflict}
  /** It could be in, if it were asked for: then these things would be otherwise. */
  | {readonly kind: 'not-asked-for'; readonly change: Difference; readonly solution: Solution};

/** Why a lib is not in the image. See docs/solver.md#why. */
export async function whyNot(question: Question, solution: Solution, lib: LibName): Promise<WhyNot> {
  if (solution.libs.some((chosen) => chosen.name === lib)) return {kind: 'in'};
  const spec = askingFor(question.spec, lib);
  const answer = await solve({...question, spec});
  if (answer.kind === 'conflict') {
    // That it is asked for is the question, not a reason.
    const asked = spec.libraries.at(-1)?.at;
    return {kind: 'impossible', conflict: {...answer, facts: answer.facts.filter((fact) => fact.at !== asked)}};
  }
  return {kind: 'not-asked-for', change: difference(solution, answer, question.catalog), solution: answer};
}

function askingFor(spec: Spec, lib: LibName): Spec {
  const at = {source: {path: spec.path, text: ''}, offset: 0, length: 0};
  return {...spec, libraries: [...spec.libraries, {name: lib, version: versionRange('*'), options: [], at}]};
}
