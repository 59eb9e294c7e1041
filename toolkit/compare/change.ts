// SPDX-License-Identifier: BSD-3-Clause

import type {Location} from '../base/index.ts';

/** How far a version must rise, by semver: nothing that others wrote may break below a major one. */
export type Bump = 'patch' | 'minor' | 'major';

/** One difference between two versions, in a sentence without its full stop. */
export interface Change {
  readonly bump: Bump;
  readonly message: string;
  /** In the newer version; of what is gone, in the older. */
  readonly at?: Location;
}

/** A change at a place that may be unknown. */
export function change(bump: Bump, message: string, at: Location | undefined): Change {
  return {bump, message, ...(at !== undefined && {at})};
}

const order: readonly Bump[] = ['patch', 'minor', 'major'];

/** The largest bump that any of the changes asks for; undefined where there is no change. */
export function leastBump(changes: readonly Change[]): Bump | undefined {
  return order.findLast((bump) => changes.some((one) => one.bump === bump));
}

/** The gravest first; of one kind, as they were found. */
export function gravestFirst(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((one, other) => order.indexOf(other.bump) - order.indexOf(one.bump));
}
