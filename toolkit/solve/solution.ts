// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName, Location, Version} from '../base/index.ts';
import type {OptionValue} from '../catalog/index.ts';

/** Why something is so: one sentence, and where the fact was written. Reasons chain to what the user wrote. */
export interface Reason {
  readonly text: string;
  readonly at?: Location;
  /** The lib whose need this is; absent: the user's Kraftfile. */
  readonly from?: LibName;
}

export interface ChosenLib {
  readonly name: LibName;
  readonly version: Version;
  /** Every option of the lib, by name, sorted. */
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly reasons: readonly Reason[];
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
}

/** No answer: a minimal set of facts that clash, ordered as an argument. */
export interface Conflict {
  readonly kind: 'conflict';
  readonly facts: readonly Reason[];
}
