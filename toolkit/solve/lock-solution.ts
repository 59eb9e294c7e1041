// SPDX-License-Identifier: BSD-3-Clause

import type {Catalog, Lib, OptionValue} from '../catalog/index.ts';
import type {Spec} from '../spec/index.ts';
import type {Lock, LockedLib, LockedTarget} from './lock.ts';
import type {ChosenLib, Solution} from './solution.ts';

/** A solution as the lock holds it. */
export function lockSolution(
  solution: Solution,
  {spec, catalog}: {readonly spec: Spec; readonly catalog: Catalog},
): LockedTarget {
  return {
    platform: solution.platform,
    arch: solution.arch,
    objective: {prefer: spec.prefer.map((lib) => lib.value), minimize: spec.minimize.map((goal) => goal.value)},
    libs: solution.libs.map((chosen) => lockLib(chosen, catalog)),
    providers: solution.providers,
  };
}

/** A lock with this target's solution, and without targets that the Kraftfile no longer has. */
export function withTarget(lock: Lock | undefined, locked: LockedTarget, spec: Spec): Lock {
  const key = (target: {readonly platform: string; readonly arch: string}): string =>
    `${target.platform}/${target.arch}`;
  const wanted = new Set(spec.targets.map(key));
  const others = (lock?.targets ?? []).filter((target) => key(target) !== key(locked) && wanted.has(key(target)));
  const targets = [...others, locked].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return {format: 1, ...(lock?.packages !== undefined && {packages: lock.packages}), targets};
}

function lockLib(chosen: ChosenLib, catalog: Catalog): LockedLib {
  const lib = catalog.libs.find((other) => other.name === chosen.name && other.version === chosen.version);
  return {
    name: chosen.name,
    version: chosen.version,
    options: changedOptions(chosen, lib),
    sources: [...(lib?.sources ?? [])]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({name, version, sha256}) => ({name, version, sha256})),
  };
}

function changedOptions(chosen: ChosenLib, lib: Lib | undefined): Readonly<Record<string, OptionValue>> {
  const defaults = new Map((lib?.options ?? []).map((option) => [option.name, option.default]));
  return Object.fromEntries(Object.entries(chosen.options).filter(([name, value]) => defaults.get(name) !== value));
}
