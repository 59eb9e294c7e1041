// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {openBench} from '../test/rig/configurator.ts';
import {configure} from './configurator.tsx';
import type {Tty} from './terminal/tty.ts';

/** A terminal that remembers what was written, and whether it is given back. */
function fakeTty(): Tty & {written(): string; isRaw(): boolean; press(text: string): void} {
  let written = '';
  let listener: ((text: string) => void) | undefined;
  const nothing = () => () => undefined;
  return {
    write: (text) => void (written += text),
    size: () => ({columns: 80, rows: 24}),
    onResize: nothing,
    onContinue: nothing,
    onExit: nothing,
    onInput(given) {
      listener = given;
      return () => void (listener = undefined);
    },
    suspend: () => undefined,
    written: () => written,
    isRaw: () => listener !== undefined,
    press: (text) => listener?.(text),
  };
}

const kraftfile = 'spec: v1\nname: shop\nneeds: [sched]\ntargets: [kvm/x86_64]\n';
const given = /\u001b\[\?1007l\u001b\[\?25h\u001b\[\?1049l$/;

test.each(['catalog', 'examine', 'standing'] as const)(
  'a crash inside, in %s, gives the terminal back before it is told',
  async (name) => {
    const {session} = await openBench({kraftfile});
    const tty = fakeTty();
    const crashing = {...session, [name]: () => Promise.reject(new Error('Internal error: a crash'))};
    const ended = configure({
      session: crashing,
      opened: await session.open(),
      listen: () => undefined,
      tty,
      env: {TERM: 'xterm', LANG: 'C.UTF-8'},
      letters: 'as the locale has it',
      signal: new AbortController().signal,
    });
    await expect(ended).rejects.toThrow('Internal error: a crash');
    expect(tty.written()).toContain('\u001b[?1049h');
    expect(tty.written()).toMatch(given);
    expect(tty.isRaw()).toBe(false);
  },
);

test('q leaves, and the terminal is given back', async () => {
  const {session} = await openBench({kraftfile});
  const tty = fakeTty();
  const ended = configure({
    session,
    opened: await session.open(),
    listen: () => undefined,
    tty,
    env: {TERM: 'xterm', LANG: 'C.UTF-8'},
    letters: 'as the locale has it',
    signal: new AbortController().signal,
  });
  tty.press('q');
  expect(await ended).toEqual({ok: true, value: {status: 0, lost: false}});
  expect(tty.written()).toMatch(given);
  expect(tty.isRaw()).toBe(false);
});
