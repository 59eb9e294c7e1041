// SPDX-License-Identifier: BSD-3-Clause

import {openCadical} from './cadical.ts';
import {brokenFacts, isLawful} from './check.ts';
import {explain} from './explain.ts';
import {narrow} from './narrow.ts';
import {type Best, optimise, type Patience} from './optimise.ts';
import type {Problem, UserFact} from './problem.ts';
import {readOff} from './read-off.ts';
import type {OpenSat} from './sat.ts';
import {openSearch} from './search.ts';
import {sentence} from './sentence.ts';
import type {Conflict, Solution, Undecided} from './solution.ts';
import {inTurns} from './steps.ts';

/** As `solve`, for a problem already posed and a back end of the caller's. */
export async function solveProblem(
  problem: Problem,
  means: Patience & {readonly openSat?: OpenSat},
): Promise<Solution | Conflict | Undecided> {
  const {openSat = openCadical} = means;
  const search = await openSearch(problem, openSat, 'wishes');
  let found: Best | readonly UserFact[] | undefined;
  try {
    found = await inTurns(optimise(search, means), means.pause);
  } finally {
    search.sat.dispose();
  }
  if (found === undefined) return {kind: 'undecided'};
  if ('selection' in found) return readOff(problem, verified(problem, found));
  return (await explain(narrow(problem, found), openSat, means)) ?? {kind: 'undecided'};
}

/** Holds an answer against the facts once more, in plain code: an encoding that is wrong must not become an image. */
function verified(problem: Problem, best: Best): Best {
  const broken = brokenFacts(problem, best.selection, best.founded);
  const [first] = broken;
  if (first !== undefined) throw new Error(`Internal error: the answer breaks a fact: ${sentence(problem, first)}`);
  if (!isLawful(problem, best.founded)) throw new Error('Internal error: the answer breaks a law');
  return best;
}
