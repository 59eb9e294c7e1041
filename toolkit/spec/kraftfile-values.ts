// SPDX-License-Identifier: BSD-3-Clause

import {derive, list, type Shape, text, ways, word} from '../base/index.ts';
import {splitCommand} from './split-command.ts';

/** The version of the format, which says at once what a KraftKit file needs to become one of ours. */
export const versionOne: Shape<'v1'> = word({
  expects: '"v1"',
  pattern: '^v1$',
  make: (): 'v1' => 'v1',
  help: (written) =>
    /^v?0\.\d+$/.test(written)
      ? 'This is a KraftKit file. Write spec: v1; most of its keys keep their meaning.'
      : 'Write spec: v1',
});

/** A list of arguments, or one text that is split as a shell does it. */
export const command: Shape<readonly string[]> = ways(
  [
    derive(list(text(), 'a list of arguments'), (words) => words.map((each) => each.value)),
    derive(text('a command'), (line, at, page) => {
      const words = splitCommand(line);
      return words.ok
        ? words.value
        : page.error(at, `The quote ${words.error.unclosed} in this command is not closed.`);
    }),
  ],
  'a list of arguments, or one text',
);
