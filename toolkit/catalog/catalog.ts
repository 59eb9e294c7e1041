// SPDX-License-Identifier: BSD-3-Clause

import type {Interface} from './interface.ts';
import type {Lib} from './lib.ts';

/** Every lib, platform, arch and interface that can be chosen, sorted by name, then newest version first. */
export interface Catalog {
  readonly interfaces: readonly Interface[];
  /** Platforms and arches included. */
  readonly libs: readonly Lib[];
}
