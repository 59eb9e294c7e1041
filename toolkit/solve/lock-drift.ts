// SPDX-License-Identifier: BSD-3-Clause

import {type Lock, type LockedLib, type LockedTarget, lockedTarget} from './lock.ts';

/** What a lock would have to say otherwise to say this; a sentence each, for `--locked`. Empty: nothing. */
export function lockDrift(lock: Lock | undefined, now: LockedTarget): readonly string[] {
  const target = `${now.platform}/${now.arch}`;
  const was = lock && lockedTarget(lock, now);
  if (was === undefined) return [`The lock has nothing for ${target}.`];
  const before = new Map(was.libs.map((lib) => [lib.name, lib]));
  const after = new Map(now.libs.map((lib) => [lib.name, lib]));
  const drift: string[] = [];
  for (const goal of ['prefer', 'minimize'] as const) {
    if (was.objective[goal].join() !== now.objective[goal].join())
      drift.push(`"${goal}" of the Kraftfile is not what it was.`);
  }
  for (const lib of was.libs)
    if (!after.has(lib.name)) drift.push(`${lib.name} ${lib.version} is no longer in the image.`);
  for (const lib of now.libs) {
    const old = before.get(lib.name);
    if (old === undefined) drift.push(`${lib.name} ${lib.version} is not in the lock.`);
    else drift.push(...driftOf(old, lib));
  }
  return drift;
}

function driftOf(old: LockedLib, lib: LockedLib): readonly string[] {
  if (old.version !== lib.version) return [`${lib.name} is ${old.version} in the lock, and would be ${lib.version}.`];
  const drift: string[] = [];
  const names = [...new Set([...Object.keys(old.options), ...Object.keys(lib.options)])].sort();
  for (const name of names) {
    if (old.options[name] === lib.options[name]) continue;
    const said = (value: LockedLib['options'][string] | undefined): string =>
      value === undefined ? 'at its default' : String(value);
    drift.push(
      `${name} of ${lib.name} is ${said(old.options[name])} in the lock, and would be ${said(lib.options[name])}.`,
    );
  }
  for (const source of lib.sources) {
    const known = old.sources.find((other) => other.name === source.name);
    if (known?.sha256 !== source.sha256)
      drift.push(`The source ${source.name} of ${lib.name} is not the one in the lock.`);
  }
  return drift;
}
