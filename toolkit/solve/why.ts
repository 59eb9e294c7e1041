// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';
import type {ChosenLib, Reason, Solution} from './solution.ts';

/** A step of an answer to "why": a lib, and the reason that it is in. */
export interface Because {
  readonly lib: LibName;
  readonly reason: Reason;
}

/**
 * Why a lib is in the image: the shortest chain of reasons, from the lib to something that the user wrote; empty when
 * it is not in. See docs/solver.md#why.
 */
export function why(solution: Solution, lib: LibName): readonly Because[] {
  const libs = new Map(solution.libs.map((chosen) => [chosen.name, chosen]));
  const steps = new Map<LibName, Because>();
  // From the user's facts outwards, so that the first reason to reach a lib is on a shortest chain.
  let found: readonly ChosenLib[] = solution.libs.filter((chosen) => {
    const reason = chosen.reasons.find((one) => one.from === undefined);
    if (reason !== undefined) steps.set(chosen.name, {lib: chosen.name, reason});
    return reason !== undefined;
  });
  while (found.length > 0) {
    const near = new Set(found.map((chosen) => chosen.name));
    found = solution.libs.filter((chosen) => {
      if (steps.has(chosen.name)) return false;
      const reason = chosen.reasons.find((one) => one.from !== undefined && near.has(one.from));
      if (reason !== undefined) steps.set(chosen.name, {lib: chosen.name, reason});
      return reason !== undefined;
    });
  }
  const chain: Because[] = [];
  for (let next = libs.get(lib)?.name; next !== undefined; ) {
    const step = steps.get(next);
    if (step === undefined) break;
    chain.push(step);
    next = step.reason.from;
  }
  return chain;
}
