// SPDX-License-Identifier: BSD-3-Clause

import {Range, subset} from 'semver';
import type {Version, VersionRange} from '../base/index.ts';

/** Whether every version of the narrower range lies in the wider one. */
export function covers(wider: VersionRange, narrower: VersionRange): boolean {
  return wider === '*' || wider === narrower || subset(narrower, wider, {includePrerelease: true});
}

/** Whether `^` of the older version takes the newer one: 1.2.0 and 1.9.3, but not 0.1.0 and 0.2.0. */
export function sameMajor(older: Version, newer: Version): boolean {
  return new Range(`^${older}`, {includePrerelease: true}).test(newer);
}
