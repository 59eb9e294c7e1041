// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, printRoundSize} from '../base/index.ts';
import type {ImageFacts} from '../plan/index.ts';

/** Libs that are larger in an image than their authors promise. */
export function overBudget({shares}: ImageFacts): readonly Diagnostic[] {
  return shares.flatMap(({owner, text, rodata, data, bss, budget = {}}) => {
    const sizes = {text: text + rodata, data, bss};
    const parts = ['text', 'data', 'bss'] as const;
    return parts.flatMap((part): readonly Diagnostic[] => {
      const allowed = budget[part];
      if (allowed === undefined || sizes[part] <= allowed) return [];
      const message = `${owner} has ${printRoundSize(sizes[part])} of ${part}, but its budget is ${printRoundSize(allowed)}.`;
      return [{severity: 'warning', message}];
    });
  });
}
