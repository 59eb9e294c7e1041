// SPDX-License-Identifier: BSD-3-Clause

import type {Lib} from '../catalog/index.ts';
import type {Goal} from '../spec/index.ts';

/** A measured figure, or what the manifest promises where nothing is measured. */
export function figureOf(lib: Lib, goal: Goal): number | undefined {
  const measured = lib.measured[goal];
  if (measured !== undefined) return measured;
  const {text, data, bss} = lib.budget;
  const promised = goal === 'size' ? [text, data] : goal === 'memory' ? [text, data, bss] : [];
  return promised.every((part) => part === undefined)
    ? undefined
    : promised.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}
