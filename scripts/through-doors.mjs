// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import path from 'node:path';

/**
 * An esbuild plugin that reads `import {a} from '../base/index.ts'` as an import from the file that has `a`.
 *
 * esbuild splits code by whole files: a room's door that a start-up path goes through would bring all of the room
 * with it, YAML parser included. Doors hold no logic, so going through them beforehand changes nothing else.
 */
export const throughDoors = {
  name: 'through-doors',
  setup(build) {
    const doors = new Map();
    build.onLoad({filter: /\/(toolkit|cli|tui)\/.*\.tsx?$/}, ({path: file}) => ({
      contents: straighten(file, doors),
      loader: file.endsWith('x') ? 'tsx' : 'ts',
    }));
  },
};

const statement = /^(import|export) \{([^}]*)\} from '([^']*(?:\/index|\/engine)\.ts)';$/gm;

function straighten(file, doors) {
  return readFileSync(file, 'utf8').replace(statement, (_, verb, names, door) => {
    const exports = openDoor(path.resolve(path.dirname(file), door), doors);
    return specifiers(names)
      .map(({name, alias}) => {
        const {file: from, name: original} = exports.get(name) ?? {file: path.resolve(path.dirname(file), door), name};
        return `${verb} {${original} as ${alias}} from '${from}';`;
      })
      .join(' ');
  });
}

/** What a door exports: name → the file that has it, and its name there. */
export function openDoor(door, doors) {
  const known = doors.get(door);
  if (known !== undefined) return known;
  const exports = new Map();
  doors.set(door, exports);
  for (const [, names, from] of readFileSync(door, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']*)';$/gm)) {
    const file = path.resolve(path.dirname(door), from);
    const inner = /\/(index|engine)\.ts$/.test(file) ? openDoor(file, doors) : new Map();
    for (const {name, alias} of specifiers(names)) exports.set(alias, inner.get(name) ?? {file, name});
  }
  return exports;
}

/** `a, type B, c as d` without the types. */
function specifiers(names) {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => {
      const [original, alias = original] = name.split(' as ');
      return {name: original, alias};
    });
}
