// SPDX-License-Identifier: BSD-3-Clause

import type {Digest, InterfaceName, LibName, Version} from '../base/index.ts';
import type {OptionValue} from '../catalog/index.ts';
import type {Goal} from '../spec/index.ts';

/** A lib as the lock holds it. */
export interface LockedLib {
  readonly name: LibName;
  readonly version: Version;
  /** Those that differ from their defaults, sorted. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** The archives that it is made from. */
  readonly sources: readonly {readonly name: string; readonly version: string; readonly sha256: Digest}[];
}

/** One target's solution, written down. */
export interface LockedTarget {
  readonly platform: LibName;
  readonly arch: LibName;
  /** What the solution was best at. */
  readonly objective: {readonly prefer: readonly LibName[]; readonly minimize: readonly Goal[]};
  readonly libs: readonly LockedLib[];
  readonly providers: ReadonlyMap<InterfaceName, readonly LibName[]>;
}

/** A package as the lock holds it. */
export interface LockedPackage {
  readonly version: string;
  /** Of its tarball, as npm writes it; absent where it came otherwise. */
  readonly integrity?: string;
  /** Of its files as they were installed; absent where it is a link to a folder. */
  readonly content?: Digest;
}

/** `kraft.lock`: solutions written down, by target. See docs/solver.md#the-lock. */
export interface Lock {
  readonly format: 1;
  /** Packages that libs or interfaces came from, by name, sorted; absent: none. */
  readonly packages?: ReadonlyMap<string, LockedPackage>;
  /** Sorted by platform, then arch. */
  readonly targets: readonly LockedTarget[];
}

/** The lock's part for a target. */
export function lockedTarget(
  lock: Lock,
  target: {readonly platform: LibName; readonly arch: LibName},
): LockedTarget | undefined {
  return lock.targets.find((locked) => locked.platform === target.platform && locked.arch === target.arch);
}
