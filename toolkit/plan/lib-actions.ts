// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, type InterfaceName, type LibName, languageOf} from '../base/index.ts';
import type {Source} from '../catalog/index.ts';
import type {Action, CompileAction, FetchAction} from './action.ts';
import {type Author, compileFlags} from './compile-flags.ts';
import type {ImageLib} from './image-libs.ts';
import {includeFolders} from './include-folders.ts';
import {type LanguageSupport, languageSupport} from './language-support.ts';
import {optionsHeader} from './options-header.ts';
import {ownFiles} from './own-files.ts';
import {owned} from './owned.ts';
import {toPlace} from './places.ts';
import type {Planned, Planning} from './plan.ts';
import {rustFlags, rustOptions} from './rust.ts';
import {sourceFiles} from './source-files.ts';
import {madeHeaders, offeredFolders, storeFolder} from './source-headers.ts';
import {libMayWant, mayKeepThreadData, promises} from './symbols.ts';

/** Everything that is done for one lib up to its relocatable. */
export function planLib(one: ImageLib, planning: Planning): Planned {
  const {lib, chosen} = one;
  const {image, places, sources} = planning;
  const because = chosen.reasons[0]?.text ?? 'it belongs to the image';
  const folder = toPlace(lib.folder, places);
  const promised = promises(one, image);
  const found = lib.sources.map((source) => ({source, ...sourceFiles(source, unpacked(source, sources))}));
  const files = ownFiles(lib.files, {arch: image.arch.lib.name, arches: arches(planning)});
  const languages = new Set(
    [...files, ...found.flatMap((each) => each.files)].flatMap((file) => languageOf(file) ?? []),
  );
  const names = namesOf(one);
  const wants = libMayWant(one, planning);
  const support = languageSupport({owner: lib.name, languages, names, mayWant: wants, because}, planning);
  const include = libInclude(one, planning);
  const crate = {promises: promised.map(({symbol}) => symbol), ...crateOptions(one)};

  const own = files.map((file) =>
    compile(lib.name, {
      input: `${folder}/${file}`,
      output: file,
      author: 'lib',
      own: [...(planning.libFlags ?? []), ...lib.flags],
      include,
      support,
      crate,
      because,
      planning,
    }),
  );
  const third = found.map(({source, files}) =>
    files.map((file) =>
      compile(lib.name, {
        input: `${storeFolder(source)}/${file}`,
        output: `${source.name}/${file}`,
        author: 'third-party',
        own: [...source.flags],
        include,
        support,
        crate,
        because,
        planning,
      }),
    ),
  );
  const theirs = third.flat();
  const members = third.flatMap((each, index) => (found[index]?.source.take === 'reached' ? each.flatMap(member) : []));
  const hasOptions = `${lib.name} has options`;
  const options: readonly Action[] =
    lib.options.length === 0
      ? []
      : [
          {
            kind: 'generate',
            output: `${optionsFolder(lib.name)}/options.h`,
            content: optionsHeader(one),
            because: hasOptions,
          },
          ...(languages.has('rust')
            ? [{kind: 'generate', output: optionsOf(lib.name), content: rustOptions(one), because: hasOptions} as const]
            : []),
        ];
  return {
    actions: [
      ...lib.sources.map((source) => fetch(lib.name, source)),
      ...options,
      ...madeHeaders(lib, planning),
      ...support.files,
      ...owned([...own, ...theirs, ...support.compiles], {
        owner: lib.name,
        members,
        manifest: `${folder}/lib.yaml`,
        promises: promised,
        mayWant: [...new Set([...wants, ...support.mayWant])].sort(),
        threadData: mayKeepThreadData(names),
        ...(Object.keys(lib.budget).length > 0 && {budget: lib.budget}),
        because,
      }),
    ],
    diagnostics: [
      ...found.flatMap(({diagnostics}) => diagnostics),
      ...(languages.has('rust') && image.arch.lib.compile?.rust === undefined ? [noRust(one, image.arch)] : []),
    ],
  };
}

function unpacked({name, sha256}: Source, sources: Planning['sources']): readonly string[] {
  const files = sources.get(sha256);
  if (files === undefined) throw new Error(`Internal error: the files of ${name} are not known`);
  return files;
}

/** A name in C++ or Rust is not found in the text as the linker knows it. */
function member({language, output}: CompileAction): readonly string[] {
  return language === 'c' || language === 'assembly' ? [output] : [];
}

interface CompileInput {
  readonly input: string;
  readonly output: string;
  readonly author: Author;
  readonly own: readonly string[];
  readonly include: readonly string[];
  readonly support: LanguageSupport;
  readonly crate: NonNullable<CompileAction['crate']>;
  readonly because: string;
  readonly planning: Planning;
}

function compile(
  owner: LibName,
  {input, output, author, own, include, support, crate, because, planning}: CompileInput,
): CompileAction {
  const language = languageOf(input) ?? 'c';
  const object = {kind: 'compile', owner, input, output: `$build/obj/${owner}/${output}.o`, because} as const;
  if (language === 'rust') {
    const target = planning.image.arch.lib.compile?.rust ?? '';
    return {...object, language, flags: rustFlags({name: owner, target}), include: [], crate};
  }
  const flags = compileFlags(planning.image, {author, language, own});
  return {...object, language, flags, include: language === 'c++' ? [...support.include, ...include] : include};
}

function noRust({lib}: ImageLib, arch: ImageLib): Diagnostic {
  return {
    severity: 'error',
    message: `${lib.name} is written in Rust, of which ${arch.lib.name} does not say how to compile it.`,
    at: lib.at,
    notes: [{message: `compile.rust is not set in the manifest of ${arch.lib.name}.`, at: arch.lib.at}],
  };
}

/** The interfaces that it needs in this image, or provides. */
function namesOf({lib, needs}: ImageLib): readonly InterfaceName[] {
  return [...needs, ...lib.provides].map((each) => each.interface);
}

function crateOptions({lib}: ImageLib): {readonly options?: string} {
  return lib.options.length === 0 ? {} : {options: optionsOf(lib.name)};
}

function optionsOf(name: LibName): string {
  return `${optionsFolder(name)}/options.rs`;
}

/** Its own folders, then those of the interfaces that it needs, whether or not they are needed this time. */
function libInclude({lib}: ImageLib, {image, places}: Planning): readonly string[] {
  const folder = toPlace(lib.folder, places);
  const names = [...lib.needs.map((need) => need.interface), ...lib.provides.map((one) => one.interface)];
  const all = [
    ...(lib.options.length === 0 ? [] : [optionsFolder(lib.name)]),
    ...(lib.files.length === 0 ? [] : [`${folder}/src`]),
    ...lib.sources.flatMap((source) => source.include.map((inner) => `${storeFolder(source)}/${inner}`)),
    ...offeredFolders(lib),
    ...includeFolders(names, {image, places}),
  ];
  return [...new Set(all)];
}

function optionsFolder(name: LibName): string {
  return `$build/generated/${name}`;
}

function arches({catalog}: Planning): readonly LibName[] {
  return catalog.libs.filter(({kind}) => kind === 'arch').map(({name}) => name);
}

function fetch(lib: LibName, {name, version, sha256}: Source): FetchAction {
  return {kind: 'fetch', lib, source: name, version, sha256, because: `${lib} compiles it`};
}
