// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';

/** An esbuild plugin. Ink's layout engine carries its WebAssembly as a data: URL. To fetch() that, Node loads its HTTP client first. */
export const withoutFetch = {
  name: 'without-fetch',
  setup({onLoad}) {
    onLoad({filter: /\/yoga-layout\/dist\/binaries\/[^/]+\.js$/}, ({path: file}) => ({
      contents: [
        'const fetch = undefined;',
        `const atob = (text) => Buffer.from(text, 'base64').toString('latin1');`,
        readFileSync(file, 'utf8'),
      ].join('\n'),
    }));
  },
};
