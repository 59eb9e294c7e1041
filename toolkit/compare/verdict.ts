// SPDX-License-Identifier: BSD-3-Clause

import {SemVer} from 'semver';
import {compareVersions, type Version, version} from '../base/index.ts';
import {type Bump, type Change, gravestFirst, leastBump} from './change.ts';

/** Two versions of one lib or interface, and what the numbers of the newer one must say about it. */
export interface Comparison {
  readonly kind: 'lib' | 'interface';
  readonly name: string;
  readonly before: Version;
  readonly after: Version;
  /** The gravest first. */
  readonly changes: readonly Change[];
  /** The least bump that the changes ask for; absent: nothing that others could see has changed. */
  readonly needs?: Bump;
  /** The least version that says so. Equal to `before` where nothing has changed. */
  readonly least: Version;
  readonly enough: boolean;
}

/** Judges the newer version's number by the changes. */
export function verdict(
  facts: Pick<Comparison, 'kind' | 'name' | 'before' | 'after'>,
  changes: readonly Change[],
): Comparison {
  const needs = leastBump(changes);
  const least = needs === undefined ? facts.before : bumped(facts.before, needs);
  return {
    ...facts,
    changes: gravestFirst(changes),
    ...(needs !== undefined && {needs}),
    least,
    enough: compareVersions(facts.after, least) >= 0 || isPreReleaseOf(facts.after, least),
  };
}

/**
 * The next version after a change. Below 1.0.0 the first number that is not 0 does what a major one does, as `^` reads
 * versions: 0.3.1 breaks nobody who wrote ^0.3.0.
 */
function bumped(before: Version, bump: Bump): Version {
  const {major, minor, patch, prerelease} = new SemVer(before);
  const numbers = [major, minor, patch];
  const first = numbers.findIndex((number) => number > 0);
  const lead = first === -1 ? 2 : first;
  const at = Math.min(2, {major: lead, minor: Math.max(1, lead + 1), patch: 2}[bump]);
  // 2.0.0-rc.1 already stands for the 2.0.0 to come.
  const raised = prerelease.length > 0 && numbers.slice(at + 1).every((number) => number === 0);
  return version(
    numbers.map((number, index) => (index < at ? number : index > at ? 0 : number + (raised ? 0 : 1))).join('.'),
  );
}

/** 2.0.0-rc.1 says of itself that it leads to 2.0.0. */
function isPreReleaseOf(after: Version, least: Version): boolean {
  const parsed = new SemVer(after);
  return parsed.prerelease.length > 0 && `${parsed.major}.${parsed.minor}.${parsed.patch}` === least;
}
