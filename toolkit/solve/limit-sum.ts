// SPDX-License-Identifier: BSD-3-Clause

import type {Clauses} from './clauses.ts';
import type {Literal} from './sat.ts';

/** A literal that adds `weight` to a sum where it holds. Weights are positive whole numbers. */
export interface Term {
  readonly literal: Literal;
  readonly weight: number;
}

/**
 * While `when` holds, the sum of the terms is at most `most`. Adds as one does by hand, with base 2: of each column
 * three digits become one and a carry, until one is left (Eén and Sörensson, Translating Pseudo-Boolean Constraints
 * into SAT, 5.3). See docs/solver.md#budgets.
 */
export function limitSum(clauses: Clauses, terms: readonly Term[], limit: {most: number; when: Literal}): void {
  const {most, when} = limit;
  const unit = terms.reduce((divisor, {weight}) => greatestDivisor(weight, divisor), 0);
  if (unit === 0) return;
  const columns: Literal[][] = [];
  for (const {literal, weight} of terms) {
    binary(weight / unit).forEach((isOne, place) => {
      if (isOne) (columns[place] ??= []).push(literal);
    });
  }
  const digits = addUp(clauses, columns);
  const bound = binary(Math.floor(most / unit));
  // Larger than the bound is what has a 1 where the bound has 0, and no 0 above that where the bound has 1.
  digits.forEach((digit, place) => {
    if (bound[place] === true) return;
    const above = digits.flatMap((other, higher) => (higher > place && bound[higher] === true ? [-other] : []));
    const outOfReach = bound.some((isOne, higher) => isOne && higher >= digits.length);
    if (!outOfReach) clauses.add([-when, -digit, ...above]);
  });
}

function addUp(clauses: Clauses, columns: readonly (readonly Literal[])[]): readonly Literal[] {
  const digits: Literal[] = [];
  let carried: Literal[] = [];
  for (let place = 0; place < columns.length || carried.length > 0; place++) {
    const column = [...(columns[place] ?? []), ...carried];
    carried = [];
    while (column.length > 1) {
      const [a = 0, b = 0, c = -clauses.always] = column.splice(0, 3);
      column.push(clauses.odd([a, b, c]));
      carried.push(clauses.two([a, b, c]));
    }
    digits.push(column[0] ?? -clauses.always);
  }
  return digits;
}

/** The digits of a whole number, the lowest first. */
function binary(value: number): readonly boolean[] {
  const digits: boolean[] = [];
  for (let left = value; left >= 1; left = Math.floor(left / 2)) digits.push(left % 2 === 1);
  return digits;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
