// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {onceEach} from './compiler-output.ts';

const fromOne = `In file included from kit/a.h:1,
                 from one.c:2:
kit/b.h:5:2: error: #error stop here
    5 | #error stop here
      |  ^~~~~
one.c: In function 'main':
one.c:9:1: warning: unused variable 'x' [-Wunused-variable]
    9 | int x;
      | ^~~
one.c:3:1: note: it is declared here
compilation terminated.
`;

test('keeps the way to a complaint and the notes after it, and drops the farewell', () => {
  expect(onceEach()(fromOne)).toBe(fromOne.replace('compilation terminated.\n', ''));
});

test('what another file complained of in the same words is not said again', () => {
  const once = onceEach();
  once(fromOne);
  const fromTwo = `${fromOne.replaceAll('one.c', 'two.c')}1 warning and 1 error generated.\n`;
  expect(once(fromTwo)).toBe(`two.c: In function 'main':
two.c:9:1: warning: unused variable 'x' [-Wunused-variable]
    9 | int x;
      | ^~~
two.c:3:1: note: it is declared here
`);
  expect(once(fromTwo)).toBe('');
});

test('what is no complaint is let through', () => {
  expect(onceEach()('gcc: internal trouble\nplease report\n')).toBe('gcc: internal trouble\nplease report\n');
});
