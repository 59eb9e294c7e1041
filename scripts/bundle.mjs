// SPDX-License-Identifier: BSD-3-Clause
// Bundles cli/main.ts into dist/: one file that every command loads, and a chunk for each part that only some need.

import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';
import {fewChunks, sharedBy} from './few-chunks.mjs';
import {shortNames} from './short-names.mjs';
import {swiftInk} from './swift-ink.mjs';
import {throughDoors} from './through-doors.mjs';
import {withoutFetch} from './without-fetch.mjs';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'dist');
const {dependencies = {}} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const entry = 'cli/main.ts';

// What the start shares with others is known once it is bundled; bundled once more, it is one chunk.
const {metafile: first} = await bundle([]);
const result = await bundle(sharedBy(first, {entry, folder: 'toolkit/'}));
rmSync(folder, {recursive: true, force: true});
await write(result);
writeFileSync(path.join(folder, 'licenses.txt'), licenses(Object.keys(result.metafile.inputs)));

function bundle(shared) {
  return build({
    absWorkingDir: root,
    entryPoints: [entry, 'cli/session-thread.ts'],
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    plugins: [
      fewChunks({
        toolkit: path.join(root, 'toolkit'),
        together: ['spec', 'catalog', 'solve'],
        shared: shared.map((file) => path.join(root, file)),
      }),
      throughDoors,
      swiftInk(path.join(root, 'tui/terminal')),
      withoutFetch,
      shortNames,
    ],
    // Its own files for Node are CommonJS, which cannot be bundled as ESM when they ask for Node's modules.
    alias: {yaml: path.join(root, 'node_modules/yaml/browser/index.js')},
    // Ink asks for React's developer tools only where DEV=true is set.
    external: [...Object.keys(dependencies), 'react-devtools-core'],
    define: {'process.env.NODE_ENV': '"production"'},
    // Less to read at every start; names stay, for the stack of an unexpected error.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    // What is imported to be shared need not be run.
    logOverride: {'ignored-bare-import': 'silent'},
    metafile: true,
    write: false,
  });
}

/** The main file last, since its time of change says that the bundle is whole. */
async function write(result) {
  const {mkdir, writeFile} = await import('node:fs/promises');
  const last = path.join(folder, 'main.js');
  const files = result.outputFiles.toSorted((one, other) => Number(one.path === last) - Number(other.path === last));
  for (const file of files) {
    await mkdir(path.dirname(file.path), {recursive: true});
    await writeFile(file.path, withRequire(file));
  }
}

/** Some of Ink's packages are CommonJS and ask for Node's modules: where esbuild's stand-in for `require` is, the real one. */
function withRequire({text}) {
  if (!text.includes('Dynamic require of "')) return text;
  return `import {createRequire} from 'node:module';\nconst require = createRequire(import.meta.url);\n${text}`;
}

/** The licence of each package whose code is in the bundle: most of them ask for that. */
function licenses(inputs) {
  const packages = new Set(inputs.flatMap((input) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  return [...packages]
    .sort()
    .map((name) => {
      const {name: title, version, license} = JSON.parse(readFileSync(path.join(root, name, 'package.json'), 'utf8'));
      const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE'].find((file) =>
        existsSync(path.join(root, name, file)),
      );
      const text = file === undefined ? '' : readFileSync(path.join(root, name, file), 'utf8').trim();
      return `${title} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
