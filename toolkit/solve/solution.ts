// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName, Location, Version} from '../base/index.ts';
import type {OptionValue} from '../catalog/index.ts';
import type {Level} from './objective.ts';

/** Why something is so: one sentence, and where the fact was written. Reasons chain to what the user wrote. */
export interface Reason {
  readonly text: string;
  readonly at?: Location;
  /** The lib whose need this is; absent: the user's Kraftfile. */
  readonly from?: LibName;
  /** The interface that it is about, if it is about one. */
  readonly interface?: InterfaceName;
}

export interface ChosenLib {
  readonly name: LibName;
  readonly version: Version;
  /** Every option of the lib, by name, sorted. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Nearest to the Kraftfile first. */
  readonly reasons: readonly Reason[];
}

/** What an answer costs at one level of the objective, and the least that any answer could. */
export interface LevelCost {
  readonly name: Level['name'];
  readonly cost: number;
  readonly least: number;
}

/** One answer for one target: what goes into the image, and why. */
export interface Solution {
  readonly kind: 'solution';
  readonly platform: LibName;
  readonly arch: LibName;
  /** Sorted by name; platform and arch included. */
  readonly libs: readonly ChosenLib[];
  /** Interface → its providers in the image, sorted. */
  readonly providers: ReadonlyMap<InterfaceName, readonly LibName[]>;
  /** Most important first. `least` is below `cost` only where the search was stopped early. */
  readonly costs: readonly LevelCost[];
  /** Whether there is no better answer. */
  readonly proven: boolean;
}

/** No answer: a minimal set of facts that clash, ordered as an argument. */
export interface Conflict {
  readonly kind: 'conflict';
  readonly platform: LibName;
  readonly arch: LibName;
  readonly facts: readonly Reason[];
  /** What would help, if anything simple does. */
  readonly help?: string;
}

/** The search was stopped before it found anything. */
export interface Undecided {
  readonly kind: 'undecided';
}
