// SPDX-License-Identifier: BSD-3-Clause

import type {CompileAction} from './action.ts';
import {compileFlags} from './compile-flags.ts';
import {includeFolders} from './include-folders.ts';
import {ownFiles} from './own-files.ts';
import {owned} from './owned.ts';
import {toPlace} from './places.ts';
import type {Planned, Planning} from './plan.ts';
import {appFiles} from './source-files.ts';
import {mayKeepThreadData, mayWant} from './symbols.ts';

/** Everything that is done for the app up to its relocatable, which offers main and nothing else. */
export function planApp(planning: Planning): Planned {
  const {spec, image, places, catalog} = planning;
  const because = 'the app is made of it';
  const found = appFiles(spec, planning.files);
  const arches = catalog.libs.filter(({kind}) => kind === 'arch').map(({name}) => name);
  const names = spec.needs.map(({name}) => name);
  const include = [...spec.include.map(({value}) => `$project/${value}`), ...includeFolders(names, {image, places})];
  const own = spec.flags.map(({value}) => value);
  const compiles = ownFiles(found.files, {arch: image.arch.lib.name, arches}).map((file): CompileAction => {
    const language = file.endsWith('.S') ? 'assembly' : 'c';
    const flags = compileFlags(image, {author: 'app', language, own});
    return {
      kind: 'compile',
      owner: 'app',
      input: `$project/${file}`,
      output: `$build/obj/app/${file}.o`,
      language,
      flags,
      include,
      because,
    };
  });
  return {
    actions: owned(compiles, {
      owner: 'app',
      manifest: toPlace(spec.path, places),
      promises: [{symbol: 'main', interface: 'start'}],
      mayWant: mayWant(names, image),
      threadData: mayKeepThreadData(names),
      because,
    }),
    diagnostics: found.diagnostics,
  };
}
