// SPDX-License-Identifier: BSD-3-Clause

import type {Spec} from '../spec/index.ts';
import {type LockedTarget, lockedTarget} from './lock.ts';
import type {Question} from './pose.ts';
import type {Kept} from './problem.ts';

/** What the lock still has a say in: all of it, less what is to be updated. See docs/solver.md#the-objective. */
export function keep({spec, target, lock, update}: Question): Kept {
  const locked = lock === undefined || update === 'everything' ? undefined : lockedTarget(lock, target);
  if (locked === undefined) return {versions: new Map(), providers: new Map()};
  const loose = new Set(update ?? []);
  return {
    versions: new Map(locked.libs.flatMap((lib) => (loose.has(lib.name) ? [] : [[lib.name, lib.version]]))),
    providers: sameObjective(spec, locked)
      ? new Map([...locked.providers].filter(([, names]) => !names.some((name) => loose.has(name))))
      : new Map(),
  };
}

/** Whether the lock's solution was chosen by the preferences that the Kraftfile has now. */
export function sameObjective(spec: Spec, locked: LockedTarget): boolean {
  const now = {prefer: spec.prefer.map((lib) => lib.value), minimize: spec.minimize.map((goal) => goal.value)};
  return (
    now.prefer.join() === locked.objective.prefer.join() && now.minimize.join() === locked.objective.minimize.join()
  );
}
