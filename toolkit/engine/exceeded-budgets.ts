// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, printRoundSize, printSize} from '../base/index.ts';
import type {ImageFacts, Share} from '../plan/index.ts';
import {budgeted, type Spec} from '../spec/index.ts';

const told = 5;

/** What of the image came out larger than the Kraftfile allows: the solver went by what libs promise, without the app. */
export function exceededBudgets({budget}: Spec, {segments, shares, loaded}: ImageFacts): readonly Diagnostic[] {
  return budgeted.flatMap((of): readonly Diagnostic[] => {
    const most = budget?.[of];
    const size = of === 'size' ? segments.reduce((sum, {fileSize}) => sum + fileSize, 0) : loaded;
    if (most === undefined || size <= most.value) return [];
    const weight = ({text, rodata, data, bss}: Share): number => text + rodata + data + (of === 'size' ? 0 : bss);
    const largest = [...shares].sort((a, b) => weight(b) - weight(a)).slice(0, told);
    const is = of === 'size' ? `is ${printRoundSize(size)}` : `takes ${printRoundSize(size)} of memory`;
    return [
      {
        severity: 'error',
        message: `The image ${is}, and the Kraftfile allows ${printSize(most.value)}.`,
        at: most.at,
        notes: largest.map((share) => ({message: `${share.owner}: ${printRoundSize(weight(share))}`})),
        help: `Allow more, ask for less, or write minimize: ${of}`,
      },
    ];
  });
}
