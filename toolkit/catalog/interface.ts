// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, Location, Version} from '../base/index.ts';

/** A named, versioned contract in C, as its interface.yaml says, checked. */
export interface Interface {
  readonly name: InterfaceName;
  readonly version: Version;
  readonly summary: string;
  /** `one`: exactly one provider, if anything needs it. `any`: any number. */
  readonly cardinality: 'one' | 'any';
  /** `closed`: header and symbols are here. `open`: a standard document is the contract (libc); headers and
   * symbols are the provider's (`include/` and `exports`). */
  readonly contract: 'closed' | 'open';
  /** Symbols that a provider defines (`one`). */
  readonly symbols: readonly string[];
  /** `any`: the struct of which each provider exports one const, named `<lib>_<interface>`. */
  readonly driver?: string;
  /** Symbols that the build generates for it. */
  readonly generated: readonly string[];
  /** Interfaces whose types its header uses; their headers come with it, their symbols do not. */
  readonly uses: readonly InterfaceName[];
  /** Who stands in for it in programs of the build machine: a lib, `build-machine`, or `never`. */
  readonly hosted?: string;
  /** The folder, absolute; headers under `include/`. */
  readonly folder: string;
  /** Which catalog it came from; absent: bundled. */
  readonly origin?: 'bundled' | 'project' | 'package';
  /** Headers relative to `include/`, sorted. */
  readonly headers: readonly string[];
  readonly at: Location;
}
