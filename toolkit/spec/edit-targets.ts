// SPDX-License-Identifier: BSD-3-Clause

import {isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq} from 'yaml';
import type {LibName} from '../base/index.ts';
import {put, putItem} from './edit-put.ts';
import {takeItem} from './edit-take.ts';
import {keyName, nodeAt} from './edit-tree.ts';
import {writeValue} from './edit-value.ts';
import {kraftfileOrder} from './kraftfile-order.ts';

/** What an image is built for. */
export interface PlatformAndArch {
  readonly platform: LibName;
  readonly arch: LibName;
}

/** Another target in the place of one; where the Kraftfile has the other already, without the one. */
export function retarget(text: string, from: PlatformAndArch, to: PlatformAndArch): string {
  const list = nodeAt(text, ['targets']);
  if (!isSeq(list)) return put(text, ['targets'], [`${to.platform}/${to.arch}`], kraftfileOrder);
  const index = list.items.findIndex((item) => isTarget(item, from));
  if (index === -1) return text;
  if (list.items.some((item) => isTarget(item, to))) return takeItem(text, list, index);
  return putTarget(text, list, {index, to});
}

function putTarget(text: string, list: YAMLSeq, {index, to}: {index: number; to: PlatformAndArch}): string {
  const item: unknown = list.items[index];
  if (!isMap(item)) return putItem(text, list, {index, value: `${to.platform}/${to.arch}`});
  // From the back, so that the places in front stay where they are.
  const values = [
    {value: valueUnder(item, ['platform', 'plat']), is: to.platform},
    {value: valueUnder(item, ['architecture', 'arch']), is: to.arch},
  ].sort((a, b) => startOf(b.value) - startOf(a.value));
  return values.reduce((sum, {value, is}) => {
    const [start = 0, end = 0] = isScalar(value) ? (value.range ?? []) : [];
    return isScalar(value) && value.value !== is
      ? sum.slice(0, start) + writeValue(is, 'flow', value) + sum.slice(end)
      : sum;
  }, text);
}

function startOf(node: unknown): number {
  return isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}

function isTarget(item: unknown, {platform, arch}: PlatformAndArch): boolean {
  if (isScalar(item)) return item.value === `${platform}/${arch}`;
  if (!isMap(item)) return false;
  const written = (keys: readonly string[]): unknown => {
    const value = valueUnder(item, keys);
    return isScalar(value) ? value.value : undefined;
  };
  return written(['platform', 'plat']) === platform && written(['architecture', 'arch']) === arch;
}

function valueUnder(map: YAMLMap, keys: readonly string[]): unknown {
  return map.items.find((pair) => keys.includes(keyName(pair)))?.value;
}
