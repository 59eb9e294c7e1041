// SPDX-License-Identifier: BSD-3-Clause

import {type Edit, parseSize, printSize} from '../../toolkit/engine.ts';
import {editsFor} from './rows/options.ts';
import type {Input, Sheet, State} from './state.ts';

type InputSheet = Extract<Sheet, {kind: 'input'}>;

/** The value that somebody typed; or what is wrong with it, in a sentence. */
export type Typed =
  | {readonly ok: true; readonly value: number | string | undefined}
  | {readonly ok: false; readonly message: string};

export function readInput({kind, range, empty}: Input, text: string): Typed {
  if (text === '' && empty === 'back to the default') return {ok: true, value: undefined};
  if (kind === 'string') return {ok: true, value: text};
  const written = text
    .trim()
    .replace(/^([0-9.]+)\s*([kmgKMG])[iI]?[bB]?$/, (_, digits, unit) => `${digits} ${unit.toUpperCase()}iB`);
  const value = kind === 'size' ? parseSize(written) : /^-?[0-9]{1,15}$/.test(written) ? Number(written) : undefined;
  if (value === undefined)
    return {ok: false, message: kind === 'size' ? 'That is no size.' : 'That is no whole number.'};
  const [least = value, most = value] = range ?? [];
  const said = (bound: number): string => (kind === 'size' ? printSize(bound) : String(bound));
  if (value < least) return {ok: false, message: `That is less than ${said(least)}.`};
  if (value > most) return {ok: false, message: `That is more than ${said(most)}.`};
  return {ok: true, value};
}

/** What a value that was typed does to the Kraftfile. */
export function inputEdits(state: State, {target}: Input, value: number | string | undefined): readonly Edit[] {
  if (target.kind === 'memory') {
    if (typeof value !== 'number') return [{kind: 'unset', key: 'memory'}];
    return [{kind: 'set', key: 'memory', value: printSize(value)}];
  }
  if (state.catalog === 'loading') return [];
  const lib = state.catalog.libs.get(target.lib);
  const option = lib?.options.find(({name}) => name === target.option);
  if (lib === undefined || option === undefined) return [];
  return editsFor(state, {lib, option, value: value ?? option.default});
}

/** A key that changes what is typed; undefined for others. */
export function typeKey(sheet: InputSheet, key: string): InputSheet | undefined {
  const {text, cursor} = sheet;
  const letters = [...text];
  const typed = (next: readonly string[], at: number): InputSheet => ({
    ...sheet,
    text: next.join(''),
    cursor: Math.max(0, Math.min(at, next.length)),
  });
  switch (key) {
    case 'left':
      return typed(letters, cursor - 1);
    case 'right':
      return typed(letters, cursor + 1);
    case 'home':
    case 'ctrl-a':
      return typed(letters, 0);
    case 'end':
    case 'ctrl-e':
      return typed(letters, letters.length);
    case 'backspace':
      return cursor === 0 ? sheet : typed(letters.toSpliced(cursor - 1, 1), cursor - 1);
    case 'delete':
      return typed(letters.toSpliced(cursor, 1), cursor);
    case 'ctrl-u':
      return typed(letters.slice(cursor), 0);
    case 'space':
      return typed(letters.toSpliced(cursor, 0, ' '), cursor + 1);
    default:
      return [...key].length === 1 ? typed(letters.toSpliced(cursor, 0, key), cursor + 1) : undefined;
  }
}
