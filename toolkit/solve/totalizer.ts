// SPDX-License-Identifier: BSD-3-Clause

import type {Clauses} from './clauses.ts';
import type {Literal} from './sat.ts';

/** Counts how many of its literals hold, as far as it has been asked. */
export interface Totalizer {
  readonly size: number;
  /** A literal that holds when at least `count` of them do; `count` from 1 to `size`, asked in ascending order. */
  atLeast(count: number): Literal;
}

/** A balanced tree of unary adders (Bailleux and Boufkhad), of which only the outputs asked for are built. */
export function openTotalizer(clauses: Clauses, literals: readonly Literal[]): Totalizer {
  const [only] = literals;
  if (only !== undefined && literals.length === 1) return {size: 1, atLeast: () => only};
  const half = literals.length >> 1;
  const left = openTotalizer(clauses, literals.slice(0, half));
  const right = openTotalizer(clauses, literals.slice(half));
  const outputs: Literal[] = [];
  return {
    size: literals.length,
    atLeast(count) {
      while (outputs.length < count) {
        const sum = outputs.length + 1;
        const output = clauses.newVariable();
        outputs.push(output);
        for (let fromLeft = Math.max(0, sum - right.size); fromLeft <= Math.min(sum, left.size); fromLeft++) {
          const parts: Literal[] = [];
          if (fromLeft > 0) parts.push(-left.atLeast(fromLeft));
          if (sum > fromLeft) parts.push(-right.atLeast(sum - fromLeft));
          clauses.add([...parts, output]);
        }
      }
      return outputs[count - 1] ?? -clauses.always;
    },
  };
}
