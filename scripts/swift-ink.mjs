// SPDX-License-Identifier: BSD-3-Clause

import path from 'node:path';

/** An esbuild plugin. Ink gets our own files in the place of two packages that took most of the time of its first frame. */
export function swiftInk(folder) {
  const columns = path.join(folder, 'columns.ts');
  return {
    name: 'swift-ink',
    setup({onResolve, onLoad}) {
      onResolve({filter: /^string-width$/}, ({importer}) => (importer === columns ? undefined : {path: columns}));
      onResolve({filter: /^@alcalzone\/ansi-tokenize$/}, ({importer, path: name}) =>
        importer.endsWith('/ink/build/output.js') ? {path: name, namespace: 'swift-ink'} : undefined,
      );
      onLoad({filter: /.*/, namespace: 'swift-ink'}, ({path: name}) => ({
        contents: `export * from '${name}'; export {styledCharsToString} from './styled-chars.ts';`,
        resolveDir: folder,
      }));
    },
  };
}
