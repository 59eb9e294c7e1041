// SPDX-License-Identifier: BSD-3-Clause

import {openCadical} from './cadical.ts';
import {brokenFacts, isLawful} from './check.ts';
import {explain} from './explain.ts';
import {narrow} from './narrow.ts';
import {type Best, optimise, type Patience} from './optimise.ts';
import {pose, type Question} from './pose.ts';
import type {Problem} from './problem.ts';
import {readOff} from './read-off.ts';
import type {OpenSat} from './sat.ts';
import {recall} from './recall.ts';
import {type Change, repairProblem} from './repair.ts';
import {openSearch} from './search.ts';
import {sentence} from './sentence.ts';
import type {Conflict, LevelCost, Solution, Undecided} from './solution.ts';

/** The one best answer to a question, or why there is none. See docs/solver.md. */
export async function solve(question: Question): Promise<Solution | Conflict> {
  const recalled = recall(question);
  if (recalled !== undefined) return recalled;
  const problem = pose(question);
  const answer = await solveProblem(problem, {});
  if (answer.kind === 'undecided') throw new Error('Internal error: stopped without a limit');
  if (answer.kind === 'solution') return answer;
  const [best] = await repairProblem(problem, {openSat: openCadical, most: 1});
  return best === undefined || best.changes.some((change) => change.kind === 'remove' && isWish(change)) ? answer : {...answer, help: best.text};
}

/** Doing without what one wants is no help. */
function isWish({what}: Change): boolean {
  return what !== 'chooses' && what !== 'sets';
}

/** As `solve`, but stops when told to, with the best answer so far and how good it is proven to be. */
export function solveWithin(question: Question, {stop, onBetter}: Deadline): Promise<Solution | Conflict | Undecided> {
  return solveProblem(pose(question), {limit: {stop}, ...(onBetter === undefined ? {} : {onBetter})});
}

/** When to stop, asked now and then; and whom to tell of each better answer on the way. */
export interface Deadline {
  readonly stop: () => boolean;
  readonly onBetter?: (costs: readonly LevelCost[]) => void;
}

/** As `solve`, for a problem already posed and a back end of the caller's. */
export async function solveProblem(problem: Problem, means: Patience & {readonly openSat?: OpenSat}): Promise<Solution | Conflict | Undecided> {
  const {openSat = openCadical} = means;
  const search = await openSearch(problem, openSat, 'wishes');
  let found: ReturnType<typeof optimise>;
  try {
    found = optimise(search, means);
  } finally {
    search.sat.dispose();
  }
  if (found === undefined) return {kind: 'undecided'};
  return 'selection' in found ? readOff(problem, verified(problem, found)) : explain(narrow(problem, found), openSat);
}

/** Holds an answer against the facts once more, in plain code: an encoding that is wrong must not become an image. */
function verified(problem: Problem, best: Best): Best {
  const broken = brokenFacts(problem, best.selection, best.founded);
  const [first] = broken;
  if (first !== undefined) throw new Error(`Internal error: the answer breaks a fact: ${sentence(problem, first)}`);
  if (!isLawful(problem, best.founded)) throw new Error('Internal error: the answer breaks a law');
  return best;
}
