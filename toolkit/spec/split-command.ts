// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';

/** The words of a command line, split as a shell does it: blanks part, quotes hold together, `\` keeps the next character. */
export function splitCommand(command: string): Result<readonly string[], {readonly unclosed: string}> {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < command.length; at++) {
    const character = command[at] ?? '';
    if (character === '\\' && quote !== "'" && at + 1 < command.length) {
      word = `${word ?? ''}${command[++at] ?? ''}`;
    } else if (quote !== undefined && character === quote) {
      quote = undefined;
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = `${word ?? ''}${character}`;
    }
  }
  if (quote !== undefined) return fail({unclosed: quote});
  if (word !== undefined) words.push(word);
  return ok(words);
}
