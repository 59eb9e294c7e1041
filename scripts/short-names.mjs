// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import {transform} from 'esbuild';

/**
 * An esbuild plugin: short names within the code of packages, which is half of what Node has to read before the first
 * frame. Our own code keeps its names, for the stack of an unexpected error.
 */
export const shortNames = {
  name: 'short-names',
  setup({onLoad}) {
    onLoad({filter: /\/node_modules\/.*\.js$/}, async ({path: file}) => ({
      contents: (await transform(readFileSync(file, 'utf8'), {minify: true, legalComments: 'none'})).code,
    }));
  },
};
