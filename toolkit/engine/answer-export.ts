// SPDX-License-Identifier: BSD-3-Clause

import {ok, type Result} from '../base/index.ts';
import type {Solution} from '../solve/index.ts';
import {poseProject, type SolveRequest} from './answer.ts';
import type {Engine} from './engine.ts';

/** The problem as every SAT solver reads it, whether there is an answer or not. */
export async function dimacsOf(engine: Engine, request: SolveRequest): Promise<Result<string>> {
  const posed = await poseProject(engine, request);
  if (!posed.ok) return posed;
  const {pose, printDimacs} = await import('../solve/index.ts');
  return ok(printDimacs(pose(posed.value.question)));
}

/** An answer as a graph for Graphviz. */
export async function dotOf(solution: Solution): Promise<string> {
  const {printDot} = await import('../solve/index.ts');
  return printDot(solution);
}
