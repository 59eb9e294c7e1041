// SPDX-License-Identifier: BSD-3-Clause

import {derive, list, named, type Shape, text, ways, word} from '../base/index.ts';
import {splitCommand} from './split-command.ts';

/** Relative, and without a way out of the folder. */
export const pathInside: Shape<string> = derive(
  word({
    expects: 'a path inside this folder',
    pattern: '^(?![/~])(?!.*(?:^|/)\\.\\.(?:/|$))[^\\\\]+$',
    make: (path) => path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, ''),
    help: (path) => (path.includes('\\') ? `Write ${path.replaceAll('\\', '/')}` : undefined),
  }),
  (path) => (path === '' ? '.' : path),
);

/** The version of the format, which says at once what a KraftKit file needs to become one of ours. */
export const versionOne: Shape<'v1'> = word({
  expects: '"v1"',
  pattern: '^v1$',
  make: (): 'v1' => 'v1',
  help: (written) =>
    /^v?0\.\d+$/.test(written) ? 'This is a KraftKit file. Write spec: v1; most of its keys keep their meaning.' : 'Write spec: v1',
});

/** A list of arguments, or one text that is split as a shell does it. */
export const command: Shape<readonly string[]> = ways([
  derive(list(text(), 'a list of arguments'), (words) => words.map((each) => each.value)),
  derive(text('a command'), (line, at, page) => {
    const words = splitCommand(line);
    return words.ok ? words.value : page.error(at, `The quote ${words.error.unclosed} in this command is not closed.`);
  }),
], 'a list of arguments, or one text');

/** What a lib's option may be set to; whether it fits is for the lib's manifest to say. */
export const optionValue: Shape<boolean | number | string> = {
  ...named(text(), 'true, false, a number or a text'),
  check(node, page) {
    if (node.kind === 'boolean' || node.kind === 'number' || node.kind === 'string') {
      return {value: node.value, at: page.at(node)};
    }
    return page.mismatch(node, 'true, false, a number or a text');
  },
};
