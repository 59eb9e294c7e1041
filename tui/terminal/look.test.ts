// SPDX-License-Identifier: BSD-3-Clause

import {describe, expect, test} from 'vitest';
import {span} from '../text/line.ts';
import {lookOf, painted} from './look.ts';

const utf8 = {LANG: 'C.UTF-8'};

describe('what a terminal can show is read from the environment', () => {
  test.each([
    ['a terminal of 256 colours', {...utf8, TERM: 'xterm-256color'}, {colours: '256', letters: 'unicode'}],
    [
      'one that says it has them all',
      {...utf8, TERM: 'xterm', COLORTERM: 'truecolor'},
      {colours: '256', letters: 'unicode'},
    ],
    ['one that says nothing of colours', {...utf8, TERM: 'xterm'}, {colours: '16', letters: 'unicode'}],
    ['the console of Linux, whose font has few letters', {...utf8, TERM: 'linux'}, {colours: '16', letters: 'ascii'}],
    ['a VT100', {...utf8, TERM: 'vt100'}, {colours: 'none', letters: 'unicode'}],
    ['NO_COLOR', {...utf8, TERM: 'xterm-256color', NO_COLOR: '1'}, {colours: 'none', letters: 'unicode'}],
    ['a locale without UTF-8', {LC_ALL: 'C', LANG: 'C.UTF-8', TERM: 'xterm'}, {colours: '16', letters: 'ascii'}],
  ] as const)('%s', (_, env, look) => {
    expect(lookOf(env, 'as the locale has it')).toEqual(look);
  });

  test('who asks for ASCII gets it', () => {
    expect(lookOf({...utf8, TERM: 'xterm'}, 'asked').letters).toBe('ascii');
  });
});

const line = [
  span('▸ alloc', 'accent'),
  span(' not in', 'dim'),
  span('!', 'bad'),
  span(' …', 'warn'),
  span('ok', 'good'),
];

/** The parameters of each Select Graphic Rendition in a text. */
function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/\u001b\[([0-9;]*)m/g)].flatMap(([, codes = '']) => codes.split(';'));
}

test('with 16 colours, only the first eight are asked for, and each is taken back', () => {
  const text = painted(line, {colours: '16', letters: 'unicode'});
  expect(text).toBe(
    '\u001b[1;36m▸ alloc\u001b[22;39m\u001b[2m not in\u001b[22m\u001b[31m!\u001b[39m\u001b[33m …\u001b[39m\u001b[32mok\u001b[39m',
  );
  for (const code of codesIn(text).map(Number))
    expect([1, 2, 22, 39, ...[30, 31, 32, 33, 34, 35, 36, 37]]).toContain(code);
});

test('without colours, what is bright is still bold, and nothing else differs', () => {
  expect(painted(line, {colours: 'none', letters: 'ascii'})).toBe('\u001b[1m> alloc\u001b[22m not in! ~ok');
});
