// SPDX-License-Identifier: BSD-3-Clause

import {Range, SemVer} from 'semver';
import type {Version, VersionRange} from '../base/index.ts';

const parsedRanges = new Map<string, Range>();
const parsedVersions = new Map<string, SemVer>();
const answers = new Map<string, Map<string, boolean>>();

/** Whether a version lies in a range as npm reads it; `*` takes pre-releases too. */
export function isWithin(version: Version, range: VersionRange): boolean {
  if (range === '*') return true;
  let row = answers.get(range);
  if (row === undefined) answers.set(range, (row = new Map()));
  let answer = row.get(version);
  if (answer === undefined) row.set(version, (answer = parsedRange(range).test(parsed(version))));
  return answer;
}

/** For `sort`: the newest version first. */
export function newestFirst(a: Version, b: Version): number {
  return a === b ? 0 : parsed(b).compare(parsed(a)) || (a < b ? -1 : 1);
}

export function isPreRelease(version: Version): boolean {
  return parsed(version).prerelease.length > 0;
}

/** What two versions share when `^` would take one for the other: `2`, `0.3`, `0.0.7`. */
export function majorOf(version: Version): string {
  const {major, minor, patch} = parsed(version);
  if (major > 0) return `${major}`;
  return minor > 0 ? `0.${minor}` : `0.0.${patch}`;
}

function parsed(version: Version): SemVer {
  let value = parsedVersions.get(version);
  if (value === undefined) parsedVersions.set(version, (value = new SemVer(version)));
  return value;
}

function parsedRange(range: VersionRange): Range {
  let value = parsedRanges.get(range);
  if (value === undefined) parsedRanges.set(range, (value = new Range(range)));
  return value;
}
