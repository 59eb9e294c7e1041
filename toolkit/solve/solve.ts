// SPDX-License-Identifier: BSD-3-Clause

import {openCadical} from './cadical.ts';
import type {Patience} from './optimise.ts';
import {pose, type Question} from './pose.ts';
import {recall} from './recall.ts';
import {type Change, repairProblem} from './repair.ts';
import type {Conflict, Solution, Undecided} from './solution.ts';
import {solveProblem} from './solve-problem.ts';

/** The one best answer to a question, or why there is none. See docs/solver.md. */
export async function solve(question: Question): Promise<Solution | Conflict> {
  const recalled = recall(question);
  if (recalled !== undefined) return recalled;
  const problem = pose(question);
  const answer = await solveProblem(problem, {});
  if (answer.kind === 'undecided') throw new Error('Internal error: stopped without a limit');
  if (answer.kind === 'solution') return answer;
  if (problem.candidates.length > helpUpTo) return answer;
  const [best] = await repairProblem(problem, {openSat: openCadical, most: 1});
  return best === undefined || best.changes.some((change) => change.kind === 'remove' && isWish(change))
    ? answer
    : {...answer, help: best.text};
}

/** Candidates among which help is found in a moment. */
const helpUpTo = 500;

/** Doing without what one wants is no help. */
function isWish({what}: Change): boolean {
  return what !== 'chooses' && what !== 'sets';
}

/** As `solve`, but stops when told to, with the best answer so far and how good it is proven to be. */
export function solveWithin(
  question: Question,
  {stop, rest, ...others}: Deadline,
): Promise<Solution | Conflict | Undecided> {
  return solveProblem(pose(question), {limit: {stop, ...(rest === undefined ? {} : {rest})}, ...others});
}

/** When to stop and when to rest, asked now and then; and whom to tell of each better answer on the way. */
export interface Deadline extends Omit<Patience, 'limit'> {
  readonly stop: () => boolean;
  readonly rest?: () => boolean;
}
