// SPDX-License-Identifier: BSD-3-Clause

import type {Version} from './brand.ts';

/** Below 0 where `a` is the older one, as semver 2.0.0 orders versions. */
export function compareVersions(a: Version, b: Version): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (const [index, part] of left.numbers.entries()) {
    const difference = part - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.labels.length === 0 || right.labels.length === 0) return right.labels.length - left.labels.length;
  return compareLabels(left.labels, right.labels);
}

function partsOf(version: Version): {readonly numbers: readonly number[]; readonly labels: readonly string[]} {
  const [withoutBuild = ''] = version.split('+');
  const dash = withoutBuild.indexOf('-');
  const core = dash === -1 ? withoutBuild : withoutBuild.slice(0, dash);
  return {numbers: core.split('.').map(Number), labels: dash === -1 ? [] : withoutBuild.slice(dash + 1).split('.')};
}

function compareLabels(left: readonly string[], right: readonly string[]): number {
  for (const [index, label] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (label !== other) return compareLabel(label, other);
  }
  return left.length - right.length;
}

/** Numbers come before words. */
function compareLabel(a: string, b: string): number {
  const aIsNumber = /^[0-9]+$/.test(a);
  const bIsNumber = /^[0-9]+$/.test(b);
  if (aIsNumber && bIsNumber) return Number(a) - Number(b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return a < b ? -1 : 1;
}
