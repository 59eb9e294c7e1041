// SPDX-License-Identifier: BSD-3-Clause

import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {narrow} from '../terminal/columns.ts';
import {cut, padTo, widthOf, wrapText} from './line.ts';

describe('columns are counted as terminals do', () => {
  test.each([
    ['letters', 'alloc', 5],
    ['wide ones', '网络栈', 6],
    ['half-width kana', 'ｶﾅ', 2],
    ['a combining accent', 'e\u0301te\u0301', 3],
    ['an emoji of several code points', '👩‍💻', 2],
    ['a flag', '🇨🇭', 2],
    ['nothing wide: a dash, an arrow', '–→', 2],
  ])('%s', (_, text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

test('what is counted as narrow is, by the table of widths', () => {
  for (const [first, last] of narrow)
    for (let code = first; code <= last; code++) {
      const letter = String.fromCharCode(code);
      expect([code.toString(16), stringWidth(letter), stringWidth(`a${letter}${letter}`)]).toEqual([
        code.toString(16),
        1,
        3,
      ]);
    }
});

describe('a text is cut between characters, never within one', () => {
  test.each([
    ['网络栈', 6, '网络栈'],
    ['网络栈', 5, '网络…'],
    // A wide one that has only one column left is left out.
    ['网络栈', 4, '网…'],
    ['e\u0301te\u0301s', 3, 'e\u0301t…'],
    ['👩‍💻👩‍💻', 3, '👩‍💻…'],
    ['网', 1, '…'],
    ['网', 0, ''],
  ])('%s in %i columns', (text, columns, expected) => {
    expect(cut(text, columns)).toBe(expected);
    expect(widthOf(cut(text, columns))).toBeLessThanOrEqual(columns);
    expect(widthOf(padTo(text, columns))).toBe(columns);
  });
});

test('a paragraph of wide characters keeps to its columns', () => {
  const lines = wrapText('网络栈 为一个线程 ARP, IPv4 和一个小小的很长很长的TCP实现', 10);
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(10);
  expect(lines.join('').replaceAll(' ', '')).toBe('网络栈为一个线程ARP,IPv4和一个小小的很长很长的TCP实现');
});
