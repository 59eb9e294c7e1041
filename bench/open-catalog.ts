// SPDX-License-Identifier: BSD-3-Clause
// Prints the milliseconds that a project's catalog takes, the first time in this process and after that: for two rows
// of the table. The cache folder is KRAFT_TS_CACHE.

import {openCatalog} from '../toolkit/engine/project.ts';
import {openEngine} from '../toolkit/engine.ts';
import {repository} from './tool.ts';

const [folder = '.'] = process.argv.slice(2);
const engine = openEngine({kit: repository, cwd: folder, directory: undefined, onEvent: () => undefined});
const times: number[] = [];
let libs = 0;
for (let turn = 0; turn < 5; turn++) {
  const began = performance.now();
  const catalog = await openCatalog(engine, folder, Promise.resolve('bench'));
  times.push(performance.now() - began);
  if (!catalog.ok) throw new Error(catalog.error.map(({message}) => message).join('\n'));
  libs = catalog.value.libs.length;
}
process.stdout.write(JSON.stringify({libs, cold: times[0], warm: Math.min(...times.slice(1))}));
