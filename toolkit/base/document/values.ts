// SPDX-License-Identifier: BSD-3-Clause

import {text, word} from './scalars.ts';
import {derive, named, type Shape} from './shape.ts';

/** A path relative to the folder of the file, without a way out of it. */
export const pathInside: Shape<string> = derive(
  word({
    expects: 'a path inside this folder',
    pattern: '^(?![/~])(?!.*(?:^|/)\\.\\.(?:/|$))[^\\\\]+$',
    make: (path) => path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, ''),
    help: (path) => (path.includes('\\') ? `Write ${path.replaceAll('\\', '/')}` : undefined),
  }),
  (path) => (path === '' ? '.' : path),
);

/** A flag of a compiler or linker. */
export const flag: Shape<string> = word({expects: 'a flag, which begins with -', pattern: '^-', make: String});

/** What an option may be set to; whether it fits is for the lib's manifest to say. */
export const optionValue: Shape<boolean | number | string> = {
  ...named(text(), 'true, false, a number or a text'),
  check(node, page) {
    if (node.kind === 'boolean' || node.kind === 'number' || node.kind === 'string') {
      return {value: node.value, at: page.at(node)};
    }
    return page.mismatch(node, 'true, false, a number or a text');
  },
};
