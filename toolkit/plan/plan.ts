// SPDX-License-Identifier: BSD-3-Clause

import type {Digest, InterfaceName, LibName} from '../base/index.ts';

/**
 * One step of a build, as data. Paths begin with a place: `$project/`, `$kit/` (the toolkit's own folder),
 * `$store/`, `$build/`, or `$package.NAME/`; `places` of the plan's execution says where those are, so that the
 * plan's bytes do not depend on where anything lies.
 */
export type Action =
  | {readonly kind: 'fetch'; readonly lib: LibName; readonly source: string; readonly version: string; readonly sha256: Digest; readonly because: string}
  | {readonly kind: 'generate'; readonly output: string; readonly content: string; readonly because: string}
  | {
      readonly kind: 'compile';
      readonly owner: LibName | 'app';
      readonly input: string;
      readonly output: string;
      readonly language: 'c' | 'assembly';
      readonly flags: readonly string[];
      /** Folders for -I, in order. */
      readonly include: readonly string[];
      readonly because: string;
    }
  | {
      /** Objects of one owner into one relocatable, with every symbol local but those of `keep`. */
      readonly kind: 'combine';
      readonly owner: LibName | 'app';
      readonly inputs: readonly string[];
      readonly output: string;
      readonly keep: readonly string[];
      readonly because: string;
    }
  | {
      readonly kind: 'link';
      readonly inputs: readonly string[];
      readonly script: string;
      /** With symbols and debug information; and the one that boots, without. */
      readonly debugOutput: string;
      readonly output: string;
      readonly flags: readonly string[];
      readonly because: string;
    }
  | {
      readonly kind: 'audit';
      readonly owner: LibName | 'app';
      readonly input: string;
      /** Symbols that it must define, and the interface that promises each. */
      readonly promises: readonly {readonly symbol: string; readonly interface: InterfaceName | 'start'}[];
      /** Symbols that it may want. */
      readonly mayWant: readonly string[];
      readonly because: string;
    };

/** Everything that will be done to make one image, as data: equal inputs give byte-equal plans. */
export interface Plan {
  readonly format: 1;
  readonly name: string;
  readonly platform: LibName;
  readonly arch: LibName;
  readonly compiler: 'gcc' | 'clang';
  readonly image: string;
  readonly actions: readonly Action[];
  /** Every symbol of every interface in the catalog, for the audit's messages. */
  readonly symbolOwners: Readonly<Record<string, InterfaceName>>;
  /** Every header of every interface, likewise. */
  readonly headerOwners: Readonly<Record<string, InterfaceName>>;
}
