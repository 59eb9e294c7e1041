// SPDX-License-Identifier: BSD-3-Clause

import type {Line, Tone} from '../text/line.ts';

/** What a terminal can show. */
export interface Look {
  readonly colours: 'none' | '16' | '256';
  readonly letters: 'unicode' | 'ascii';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** From the environment, as terminals and locales say it; `ascii` is what the user asked for. */
export function lookOf(env: Environment, ascii: 'asked' | 'as the locale has it'): Look {
  const {NO_COLOR, TERM = '', COLORTERM = '', LC_ALL, LC_CTYPE, LANG} = env;
  const locale = [LC_ALL, LC_CTYPE, LANG].find((each) => each !== undefined && each !== '') ?? '';
  const letters = ascii === 'asked' || TERM === 'linux' || !/utf-?8/i.test(locale) ? 'ascii' : 'unicode';
  if ((NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb' || TERM.startsWith('vt'))
    return {colours: 'none', letters};
  return {colours: /256|direct/.test(TERM) || /truecolor|24bit/.test(COLORTERM) ? '256' : '16', letters};
}

/** Select Graphic Rendition, and how it is taken back. Colour is never all that tells two things apart. */
const codes: Readonly<Record<Look['colours'], Partial<Readonly<Record<Tone, readonly [string, string]>>>>> = {
  none: {strong: ['1', '22'], accent: ['1', '22'], cursor: ['7', '27']},
  16: {
    strong: ['1', '22'],
    dim: ['2', '22'],
    accent: ['1;36', '22;39'],
    good: ['32', '39'],
    bad: ['31', '39'],
    warn: ['33', '39'],
    cursor: ['7', '27'],
  },
  256: {
    strong: ['1', '22'],
    dim: ['38;5;245', '39'],
    accent: ['1;38;5;38', '22;39'],
    good: ['38;5;71', '39'],
    bad: ['38;5;167', '39'],
    warn: ['38;5;179', '39'],
    cursor: ['7', '27'],
  },
};

/** A line as the terminal is told to show it. */
export function painted(line: Line, {colours, letters}: Look): string {
  const table = codes[colours];
  let text = '';
  for (const part of line) {
    const code = table[part.tone];
    const shown = letters === 'ascii' ? inAscii(part.text) : part.text;
    text += code === undefined || shown === '' ? shown : `\u001b[${code[0]}m${shown}\u001b[${code[1]}m`;
  }
  return text;
}

/** Signs that have the same width in ASCII. */
const signs: Readonly<Record<string, string>> = {
  '•': 'o',
  '·': '.',
  '▸': '>',
  '▾': 'v',
  '─': '-',
  '━': '=',
  '│': '|',
  '›': '>',
  '…': '~',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '–': '-',
  '−': '-',
  '×': 'x',
  '’': "'",
  '“': '"',
  '”': '"',
};

function inAscii(text: string): string {
  return text.replace(/[^\u0020-\u007e]/gu, (sign) => signs[sign] ?? '?');
}
