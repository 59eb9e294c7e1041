// SPDX-License-Identifier: BSD-3-Clause

import type {ClauseSink, Literal} from './sat.ts';

/** Clauses, and literals that stand for combinations of literals, each made once. */
export interface Clauses {
  /** True in every model; its negative in none. */
  readonly always: Literal;
  newVariable(): Literal;
  /** At least one of the literals holds. */
  add(literals: readonly Literal[]): void;
  /** A literal that holds exactly when all of these do. */
  all(literals: readonly Literal[]): Literal;
  /** A literal that holds exactly when some of these do. */
  some(literals: readonly Literal[]): Literal;
  /** A literal that holds only when `count` of these do. */
  atLeast(count: number, literals: readonly Literal[]): Literal;
  /** A literal that holds exactly when one or three of these do. */
  odd(literals: Three): Literal;
  /** A literal that holds exactly when two or three of these do. */
  two(literals: Three): Literal;
  /** No two of the literals hold while `when` does. */
  atMostOne(literals: readonly Literal[], when: Literal): void;
}

type Three = readonly [Literal, Literal, Literal];

export function openClauses(sink: ClauseSink): Clauses {
  const always = sink.newVariable();
  sink.addClause([always]);
  const known = new Map<string, Literal>();

  function add(literals: readonly Literal[]): void {
    let holdsNever = false;
    for (const literal of literals) {
      if (literal === always) return;
      if (literal === -always) holdsNever = true;
    }
    sink.addClause(holdsNever ? literals.filter((literal) => literal !== -always) : literals);
  }

  function some(literals: readonly Literal[]): Literal {
    const [first] = literals;
    if (literals.length === 1 && first !== undefined) return first;
    if (literals.includes(always)) return always;
    const parts = [...new Set(literals.filter((literal) => literal !== -always))].sort((a, b) => a - b);
    if (parts.length === 0) return -always;
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    const define = (literal: Literal): void => {
      add([-literal, ...parts]);
      for (const part of parts) add([literal, -part]);
    };
    if (parts.length <= 8) return once(parts.join(), define);
    // Nobody asks for a long one again; its key would be as long.
    const literal = sink.newVariable();
    define(literal);
    return literal;
  }

  function once(key: string, define: (literal: Literal) => void): Literal {
    const found = known.get(key);
    if (found !== undefined) return found;
    const literal = sink.newVariable();
    known.set(key, literal);
    define(literal);
    return literal;
  }

  /** At least `count` among the first `length`: the last of them and `count - 1` before it, or all before it. */
  function atLeast(count: number, literals: readonly Literal[]): Literal {
    if (count <= 0) return always;
    const last = literals.at(-1);
    if (last === undefined || count > literals.length) return -always;
    if (count === 1) return some(literals);
    const before = literals.slice(0, -1);
    return once(`${count} of ${literals.join()}`, (literal) => {
      add([-literal, last, atLeast(count, before)]);
      add([-literal, atLeast(count - 1, before)]);
    });
  }

  function odd([a, b, c]: Three): Literal {
    const sum = sink.newVariable();
    for (const [x, y] of [
      [a, b],
      [a, -b],
      [-a, b],
      [-a, -b],
    ] as const) {
      // The sum of x, y and c is odd where x and y are: x + y is even here exactly when both or neither hold.
      const even = (x === a) === (y === b);
      add([-x, -y, -c, even ? sum : -sum]);
      add([-x, -y, c, even ? -sum : sum]);
    }
    return sum;
  }

  function two([a, b, c]: Three): Literal {
    const carry = sink.newVariable();
    for (const [x, y] of [
      [a, b],
      [a, c],
      [b, c],
    ] as const) {
      add([-x, -y, carry]);
      add([x, y, -carry]);
    }
    return carry;
  }

  /** Pairs while they are few; otherwise groups of three, each with a literal for "one of us". */
  function atMostOne(literals: readonly Literal[], when: Literal): void {
    if (literals.length <= 5) {
      literals.forEach((a, index) => {
        for (const b of literals.slice(index + 1)) add([-when, -a, -b]);
      });
      return;
    }
    const rest: Literal[] = [];
    for (let index = 0; index < literals.length; index += 3) {
      const group = literals.slice(index, index + 3);
      atMostOne(group, when);
      rest.push(some(group));
    }
    atMostOne(rest, when);
  }

  return {
    always,
    newVariable: () => sink.newVariable(),
    add,
    some,
    all(literals) {
      const parts = literals.filter((literal) => literal !== always);
      const [first] = parts;
      if (first === undefined) return always;
      return parts.length === 1 ? first : -some(parts.map((literal) => -literal));
    },
    atLeast,
    odd,
    two,
    atMostOne,
  };
}
