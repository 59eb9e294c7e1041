// SPDX-License-Identifier: BSD-3-Clause

import {encode, encodeBudget} from './encode.ts';
import {isUserFact, type Problem} from './problem.ts';
import type {Literal} from './sat.ts';
import {sentence} from './sentence.ts';

/**
 * A problem in the DIMACS format that every SAT solver reads: whether there is an image at all. Comments say which
 * variable is which lib. What holds itself up in a circle counts as an image here; see docs/solver.md#circles.
 */
export function printDimacs(problem: Problem): string {
  const clauses: (readonly Literal[])[] = [];
  let variables = 0;
  const encoding = encode(
    problem,
    {newVariable: () => (variables += 1), addClause: (literals) => clauses.push([...literals])},
    'wishes',
  );
  for (const budget of [...encoding.budgets]) encodeBudget(encoding, budget, problem.facts);
  for (const fact of problem.facts) if (isUserFact(fact)) clauses.push([encoding.holds(fact)]);
  return [
    `c ${problem.platform}/${problem.arch}`,
    ...problem.candidates.flatMap((candidate) =>
      candidate.versions.map((lib) => `c ${encoding.words.version([lib])} = ${lib.name} ${lib.version}`),
    ),
    ...problem.facts.filter(isUserFact).map((fact) => `c ${encoding.holds(fact)} = ${sentence(problem, fact)}`),
    `p cnf ${variables} ${clauses.length}`,
    ...clauses.map((literals) => `${literals.join(' ')} 0`),
    '',
  ].join('\n');
}
