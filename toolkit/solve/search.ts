// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';
import type {Lib, OptionValue} from '../catalog/index.ts';
import {sumOf} from './check.ts';
import {type Encoding, encode, encodeBudget, type Selectable} from './encode.ts';
import {type Founded, openFoundation, type Selection} from './founded.ts';
import {forbidCircle} from './loops.ts';
import type {Fact, Problem} from './problem.ts';
import type {Limit, Literal, OpenSat, Sat} from './sat.ts';
import type {Steps} from './steps.ts';

export type Outcome = ReturnType<Sat['solve']>;

/** A problem in a solver, of which every answer is founded. */
export interface Search {
  readonly problem: Problem;
  readonly encoding: Encoding;
  readonly sat: Sat;
  /** As the solver's own, but an answer that holds itself up, or exceeds a budget, does not count. */
  solve(assumptions: readonly Literal[], limit?: Limit): Steps<Outcome>;
  /** After `satisfiable`: what the answer has in it. */
  selection(): Selection;
  /** After `satisfiable`: the part of the answer that has reasons; the rest is not worth having. */
  founded(): Founded;
}

export async function openSearch(problem: Problem, openSat: OpenSat, selectable: Selectable): Promise<Search> {
  const sat = await openSat();
  const encoding = encode(problem, sat, selectable);
  const foundation = openFoundation(problem);
  const {words} = encoding;
  const canCircle = [...encoding.demands.values()].some((demands) =>
    demands.some((demand) => demand.fact.kind === 'needs'),
  );
  const holds = (fact: Fact): boolean =>
    encoding.holds(fact) === encoding.clauses.always || sat.value(encoding.holds(fact));

  function selection(): Selection {
    const versions = new Map<LibName, Lib>();
    const values = new Map<LibName, Map<string, OptionValue>>();
    for (const candidate of problem.candidates) {
      if (!sat.value(words.lib(candidate.name))) continue;
      const lib = candidate.versions.find((of) => sat.value(words.version([of])));
      if (lib === undefined) throw new Error(`Internal error: ${candidate.name} is in without a version`);
      versions.set(lib.name, lib);
      for (const option of words.decided(lib.name)) {
        for (const [value, literal] of words.valuesOf(lib.name, option)) {
          if (!sat.value(literal)) continue;
          const row = values.get(lib.name) ?? new Map<string, OptionValue>();
          values.set(lib.name, row.set(option, value));
        }
      }
    }
    return {versions, value: (lib, option) => values.get(lib)?.get(option)};
  }

  return {
    problem,
    encoding,
    sat,
    selection,
    founded: () => foundation.build(selection(), holds),
    *solve(assumptions, limit) {
      for (;;) {
        if (limit?.stop?.() === true) return 'unknown';
        const answer = yield* stepByStep(sat, assumptions, limit);
        if (answer !== 'satisfiable' || (!canCircle && encoding.budgets.size === 0)) return answer;
        const selected = selection();
        const founded = foundation.build(selected, holds);
        const exceeded = [...encoding.budgets].filter(
          (budget) => holds(budget) && sumOf(problem, founded, {of: budget.of, holds}) > budget.most,
        );
        if (founded.baseless.length + exceeded.length === 0) return answer;
        for (const budget of exceeded) encodeBudget(encoding, budget, problem.facts);
        if (founded.baseless.length > 0) forbidCircle({problem, encoding, selection: selected, founded});
      }
    },
  };
}

/** A search that is left at each rest, and taken up again: what was learned stays. */
function* stepByStep(sat: Sat, assumptions: readonly Literal[], limit: Limit = {}): Steps<Outcome> {
  const {stop, rest, conflicts} = limit;
  if (rest === undefined || conflicts !== undefined) return sat.solve(assumptions, limit);
  const leave = (): boolean => stop?.() === true || rest();
  for (;;) {
    const answer = sat.solve(assumptions, {stop: leave});
    if (answer !== 'unknown' || stop?.() === true) return answer;
    yield;
  }
}
