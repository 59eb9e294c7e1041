// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {verdict} from './bare-node.ts';

test.each([
  ['s', 3, 0.1, 'ok'],
  ['s', 7, 0.1, 'slow'],
  ['s', 8, 0.1, 'OVER'],
  ['ms', 4, 0.04, 'OVER'],
  ['instructions', 4, 0.1, 'OVER'],
] as const)('of %s, %d at most 3, where a bare Node takes %d s: %s', (unit, figure, node, said) => {
  expect(verdict({unit, atMost: 3}, figure, node)).toBe(said);
});
