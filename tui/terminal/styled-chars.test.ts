// SPDX-License-Identifier: BSD-3-Clause

import * as theirs from '@alcalzone/ansi-tokenize';
import {expect, test} from 'vitest';
import {styledCharsToString} from './styled-chars.ts';

test.each([
  ['plain', 'alloc'],
  ['nothing', ''],
  ['one colour within', 'a\u001b[31mb\u001b[39mc'],
  ['colours next to each other', '\u001b[31ma\u001b[32mb\u001b[39m'],
  ['bold, dim and both', '\u001b[1ma\u001b[2mb\u001b[22mc'],
  ['a style until the end', 'a\u001b[7m\u001b[4mbc'],
  ['wide letters', '\u001b[1m网络\u001b[22m栈'],
])('%s is styled as the package does it', (_, text) => {
  const chars = theirs.styledCharsFromTokens(theirs.tokenize(text));
  expect(styledCharsToString(chars)).toBe(theirs.styledCharsToString(chars));
});
