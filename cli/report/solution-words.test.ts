// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {gapLines} from './solution-words.ts';

const levels = [
  {name: 'size', cost: 120, least: 100},
  {name: 'newest', cost: 3, least: 3},
] as const;

test('an answer that is not proven says how far from the best it may be', () => {
  expect(gapLines({costs: levels})).toEqual([
    'This is the best answer found so far; that there is no better one is not proven:',
    '  size: 120, and no answer is below 100 (a gap of 16.7 %)',
  ]);
  expect(gapLines({costs: levels.slice(1)})).toEqual([
    'This is the best answer found so far; that there is no better one is not proven:',
    '  Its costs are the least; only names may decide for another.',
  ]);
});
