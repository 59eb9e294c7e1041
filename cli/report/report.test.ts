// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import type {Event} from '../../toolkit/engine.ts';
import {type Terminal, wantsColour} from '../terminal.ts';
import {reporter} from './reporter.ts';
import {figures, table, wrap} from './table.ts';

const steps: readonly Event[] = [
  {type: 'fetch', reason: 'start', source: 'lwip', received: 0},
  {type: 'fetch', reason: 'progress', source: 'lwip', received: 2048, total: 4096},
  {type: 'fetch', reason: 'done', source: 'lwip', received: 4096},
  {type: 'build', reason: 'progress', done: 1, total: 2, step: `compile app ${'long/'.repeat(20)}main.c`},
  {type: 'build', reason: 'output', text: 'main.c:1: warning: odd\n'},
  {type: 'build', reason: 'progress', done: 2, total: 2, step: 'link app'},
];

test('on a terminal, progress is one line that is rewritten and then taken away', () => {
  const {terminal, seen} = fakeTerminal({isTty: true, env: {}});
  const report = reporter(terminal, 'text');
  for (const step of steps) report.event(step);
  report.print('app.elf');
  expect(seen.out).toBe('app.elf\n');
  const clear = '\r\u001b[2K';
  expect(seen.error).toBe(
    [
      `${clear}Fetching lwip`,
      `${clear}Fetching lwip: 2 KiB (50 %)`,
      `${clear}Fetched lwip, 4 KiB\n`,
      `${clear}[1/2] compile app long/long/long/long/…`,
      `${clear}main.c:1: warning: odd\n`,
      `${clear}[2/2] link app`,
      clear,
    ].join(''),
  );
});

test('elsewhere, progress is plain lines', () => {
  const {terminal, seen} = fakeTerminal({isTty: false, env: {}});
  const report = reporter(terminal, 'text');
  for (const step of steps) report.event(step);
  expect(seen.error).toBe(
    `Fetching lwip\nFetched lwip, 4 KiB\n[1/2] compile app ${'long/'.repeat(20)}main.c\nmain.c:1: warning: odd\n[2/2] link app\n`,
  );
});

test('diagnostics are coloured on a terminal, unless NO_COLOR says otherwise', () => {
  const told = (isTty: boolean, env: Terminal['env']): string => {
    const {terminal, seen} = fakeTerminal({isTty, env});
    reporter(terminal, 'text').diagnostics([{severity: 'error', message: 'No.'}]);
    return seen.error;
  };
  expect(told(true, {})).toBe('\u001b[31merror\u001b[39m: No.\n');
  expect(told(true, {NO_COLOR: '1'})).toBe('error: No.\n');
  expect(told(true, {TERM: 'dumb'})).toBe('error: No.\n');
  expect(told(false, {})).toBe('error: No.\n');
  expect(told(false, {FORCE_COLOR: '1'})).toBe('\u001b[31merror\u001b[39m: No.\n');
  expect(wantsColour(fakeTerminal({isTty: true, env: {NO_COLOR: '', FORCE_COLOR: '0'}}).terminal, true)).toBe(true);
});

test('with --json, mistakes are JSON on the output', () => {
  const {terminal, seen} = fakeTerminal({isTty: false, env: {}});
  const source = {path: 'Kraftfile', text: 'spec: v1\nnam: x\n'};
  reporter(terminal, 'json').diagnostics([{severity: 'error', message: 'No.', at: {source, offset: 9, length: 3}}]);
  const at = {path: 'Kraftfile', line: 2, column: 1, endLine: 2, endColumn: 4};
  expect(JSON.parse(seen.out)).toEqual({diagnostics: [{severity: 'error', message: 'No.', at}]});
  expect(seen.error).toBe('');
});

test('tables have columns, wrapped at the end and flush right where asked', () => {
  expect(
    table(
      [
        ['a', 'one two three four five six'],
        ['long', 'x'],
      ],
      30,
    ),
  ).toEqual(['a     one two three four five\n      six', 'long  x']);
  expect(
    figures(
      [
        ['A', 'BYTES'],
        ['x', '7'],
      ],
      [1],
    ),
  ).toEqual(['A  BYTES', 'x      7']);
  expect(wrap('', 10)).toBe('');
});

function fakeTerminal({isTty, env}: {isTty: boolean; env: Terminal['env']}): {
  terminal: Terminal;
  seen: {out: string; error: string};
} {
  const seen = {out: '', error: ''};
  const terminal: Terminal = {
    out: (text) => void (seen.out += String(text)),
    error: (text) => void (seen.error += String(text)),
    drained: () => undefined,
    outIsTty: isTty,
    errorIsTty: isTty,
    columns: () => 40,
    env,
  };
  return {terminal, seen};
}
