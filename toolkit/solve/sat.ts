// SPDX-License-Identifier: BSD-3-Clause

/** A variable's number, or its negative for "not". */
export type Literal = number;

/** Where clauses go: a SAT solver, or a file. */
export interface ClauseSink {
  newVariable(): Literal;
  addClause(literals: readonly Literal[]): void;
}

/** When to give up. */
export interface Limit {
  readonly conflicts?: number;
  /** Asked now and then; true ends the search. */
  readonly stop?: () => boolean;
  /** Asked now and then; true ends a step of the search, which then goes on from where it was. */
  readonly rest?: () => boolean;
}

/** A SAT solver as we use one; the only thing that a back end must be. */
export interface Sat extends ClauseSink {
  solve(assumptions: readonly Literal[], limit?: Limit): 'satisfiable' | 'unsatisfiable' | 'unknown';
  /** After `satisfiable`. */
  value(literal: Literal): boolean;
  /** After `unsatisfiable`: assumptions that clash, in the order given. Not always minimal. */
  core(): readonly Literal[];
  dispose(): void;
}

/** A new, empty solver. */
export type OpenSat = () => Promise<Sat>;
