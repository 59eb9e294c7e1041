// SPDX-License-Identifier: BSD-3-Clause

import path from 'node:path';
import {openDoor} from './through-doors.mjs';

/**
 * An esbuild plugin that makes fewer chunks: to find, read and link one costs each command about a millisecond, and
 * esbuild makes one for every set of import()s that share something.
 *
 * @param {object} options
 * @param {string} options.toolkit The folder of the rooms, absolute.
 * @param {readonly string[]} options.together Rooms that nearly every command opens. They become one chunk, and export no name twice.
 * @param {readonly string[]} options.shared Files that each import() is made to share, absolute; see `sharedBy`.
 */
export function fewChunks({toolkit, together, shared}) {
  const doors = together.map((room) => path.join(toolkit, room, 'index.ts'));
  return {
    name: 'few-chunks',
    setup(build) {
      build.onResolve({filter: /^\.{1,2}\/.*\.tsx?$/}, ({path: way, kind, resolveDir}) => {
        if (kind !== 'dynamic-import') return undefined;
        const file = path.resolve(resolveDir, way);
        return {path: doors.includes(file) ? path.join(toolkit, 'everyday') : file, namespace: 'opened'};
      });
      build.onLoad({filter: /.*/, namespace: 'opened'}, ({path: file}) => {
        const lines = path.extname(file) === '' ? exportsOf(doors) : [`export * from ${JSON.stringify(file)};`];
        return {contents: [`import 'shared';`, ...lines].join('\n'), loader: 'ts', resolveDir: toolkit};
      });
      build.onResolve({filter: /^shared$/}, () => ({path: 'shared', namespace: 'shared', sideEffects: true}));
      build.onLoad({filter: /.*/, namespace: 'shared'}, () => ({
        contents: shared.map((file) => `import ${JSON.stringify(file)};`).join('\n'),
        resolveDir: toolkit,
      }));
      build.onResolve({filter: /.*/, namespace: 'shared'}, ({path: file}) => ({path: file, sideEffects: true}));
    },
  };
}

/** What several doors export, each name from the file that has it. */
function exportsOf(doors) {
  const exported = new Map();
  for (const door of doors) {
    for (const [alias, {file, name}] of openDoor(door, new Map())) {
      if (exported.has(alias)) throw new Error(`${door} exports "${alias}", as another room of the same chunk does`);
      exported.set(alias, `export {${name} as ${alias}} from ${JSON.stringify(file)};`);
    }
  }
  return [...exported.values()];
}

/**
 * The files below a folder that an entry point shares with others, and loads at its start.
 *
 * @param {import('esbuild').Metafile} metafile Of the bundle in which they are shared as esbuild would have it.
 * @param {object} options
 * @param {string} options.entry
 * @param {string} options.folder
 */
export function sharedBy({outputs}, {entry, folder}) {
  const loadedBy = ({imports}) =>
    imports.flatMap(({path: file, kind}) => (kind === 'import-statement' ? (outputs[file] ?? []) : []));
  const chunks = new Set(
    Object.values(outputs)
      .filter(({entryPoint}) => entryPoint === entry)
      .flatMap(loadedBy),
  );
  for (const chunk of chunks) for (const further of loadedBy(chunk)) chunks.add(further);
  return [...chunks].flatMap(({inputs}) => Object.keys(inputs)).filter((file) => file.startsWith(folder));
}
