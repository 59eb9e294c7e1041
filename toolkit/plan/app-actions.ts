// SPDX-License-Identifier: BSD-3-Clause

import {languageOf} from '../base/index.ts';
import type {CompileAction} from './action.ts';
import {compileFlags} from './compile-flags.ts';
import {includeFolders} from './include-folders.ts';
import {languageSupport} from './language-support.ts';
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
  const files = ownFiles(found.files, {arch: image.arch.lib.name, arches});
  const wants = mayWant(names, image);
  const languages = new Set(files.flatMap((file) => languageOf(file) ?? []));
  const support = languageSupport({owner: 'app', languages, names, mayWant: wants, because}, planning);
  const compiles = files.map((file): CompileAction => {
    const language = languageOf(file);
    if (language === undefined || language === 'rust') throw new Error(`Internal error: ${file} is no file of an app`);
    const flags = compileFlags(image, {author: 'app', language, own});
    return {
      kind: 'compile',
      owner: 'app',
      input: `$project/${file}`,
      output: `$build/obj/app/${file}.o`,
      language,
      flags,
      include: language === 'c++' ? [...support.include, ...include] : include,
      because,
    };
  });
  return {
    actions: [
      ...support.files,
      ...owned([...compiles, ...support.compiles], {
        owner: 'app',
        manifest: toPlace(spec.path, places),
        promises: [{symbol: 'main', interface: 'start'}],
        mayWant: [...new Set([...wants, ...support.mayWant])].sort(),
        threadData: mayKeepThreadData(names),
        because,
      }),
    ],
    diagnostics: found.diagnostics,
  };
}
