// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {printDiagnostic} from '../base/index.ts';
import type {ImageFacts} from '../plan/index.ts';
import {parseKraftfile} from '../spec/index.ts';
import {exceededBudgets} from './exceeded-budgets.ts';

const facts = {
  segments: [
    {name: 'text', fileSize: 3000, memorySize: 3000},
    {name: 'data', fileSize: 1000, memorySize: 5000},
  ],
  shares: [
    {owner: 'app', text: 500, rodata: 0, data: 0, bss: 3500},
    {owner: 'alloc-a', text: 2500, rodata: 0, data: 1000, bss: 500},
  ],
  loaded: 8000,
} as unknown as ImageFacts;

function told(budget: string): readonly string[] {
  const spec = parseKraftfile(
    {path: 'Kraftfile', text: `spec: v1\nname: shop\nbudget: ${budget}\n`},
    '/shop/Kraftfile',
  );
  if (!spec.ok) throw new Error(spec.error.map(({message}) => message).join());
  return exceededBudgets(spec.value, facts).map((found) => printDiagnostic(found));
}

test('an image within its budget is nothing to speak of', () => {
  expect(told('{size: 4000, memory: 8000}')).toEqual([]);
});

test('an image beyond its budget is told with its largest parts', () => {
  expect(told('{size: 3 KiB, memory: 7999}').join('\n')).toMatchInlineSnapshot(`
    "Kraftfile:3:16: error: The image is 3.91 KiB, and the Kraftfile allows 3 KiB.
      3 | budget: {size: 3 KiB, memory: 7999}
        |                ~~~~~
      note: alloc-a: 3.42 KiB
      note: app: 500 B
      help: Allow more, ask for less, or write minimize: size
    Kraftfile:3:31: error: The image takes 7.81 KiB of memory, and the Kraftfile allows 7999 B.
      3 | budget: {size: 3 KiB, memory: 7999}
        |                               ~~~~
      note: app: 3.91 KiB
      note: alloc-a: 3.91 KiB
      help: Allow more, ask for less, or write minimize: memory"
  `);
});
