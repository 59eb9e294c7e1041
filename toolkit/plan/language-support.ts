// SPDX-License-Identifier: BSD-3-Clause

import {type InterfaceName, interfaceName, type Language} from '../base/index.ts';
import type {Action, CompileAction, Owner} from './action.ts';
import {compileFlags} from './compile-flags.ts';
import {cxxFeatures, cxxHeader} from './cxx-headers.ts';
import {cxxRuntime, runtimeNeeds} from './cxx-runtime.ts';
import {includeFolders, providersOf, withUses} from './include-folders.ts';
import type {Planning} from './plan.ts';
import {rustRuntime} from './rust.ts';

/** What an owner has because of the languages that it is written in. */
export interface LanguageSupport {
  /** Files that are generated for it. */
  readonly files: readonly Action[];
  /** Of these, what is compiled into its relocatable. */
  readonly compiles: readonly CompileAction[];
  /** Folders that its C++ files see before all others. */
  readonly include: readonly string[];
  /** What those files may leave undefined. */
  readonly mayWant: readonly string[];
}

export interface Speaker {
  readonly owner: Owner;
  readonly languages: ReadonlySet<Language>;
  /** The interfaces that it needs or provides. */
  readonly names: readonly InterfaceName[];
  /** What it may leave undefined by itself. */
  readonly mayWant: readonly string[];
  readonly because: string;
}

/** What compilers of C++ and Rust call by themselves, and headers as C++ reads them. */
export function languageSupport(speaker: Speaker, planning: Planning): LanguageSupport {
  const parts = [
    ...(speaker.languages.has('c++') ? [cxx(speaker, planning)] : []),
    ...(speaker.languages.has('rust') ? [rust(speaker, planning)] : []),
  ];
  return {
    files: parts.flatMap(({files}) => files),
    compiles: parts.flatMap(({compiles}) => compiles),
    include: parts.flatMap(({include}) => include),
    mayWant: parts.flatMap(({mayWant}) => mayWant),
  };
}

function cxx(speaker: Speaker, planning: Planning): LanguageSupport {
  const {owner, names, mayWant} = speaker;
  const folder = `$build/generated/${owner}`;
  const heap = heapOf(speaker);
  const runtime = {owner, threads: names.some((name) => name === 'sched'), ...(heap !== undefined && {heap})};
  const needs = runtimeNeeds(runtime);
  const own = unit(speaker, {planning, names: needs, file: `${folder}/c++.c`, text: cxxRuntime(runtime)});
  const headers = withUses(names, planning.image).flatMap((name) => {
    const one = planning.image.interfaces.get(name);
    if (one?.contract !== 'open') return one?.headers ?? [];
    return providersOf(name, planning.image).flatMap((lib) => lib.headers ?? []);
  });
  const because = 'C++ reads headers of C';
  const wrapped = [
    {kind: 'generate' as const, output: `${folder}/c++/features.h`, content: cxxFeatures, because},
    ...[...new Set(headers)].sort().map((header) => ({
      kind: 'generate' as const,
      output: `${folder}/c++/${header}`,
      content: cxxHeader(header),
      because,
    })),
  ];
  return {
    files: [...own.files, ...wrapped],
    compiles: own.compiles,
    include: [`${folder}/c++`],
    mayWant: [...mayWant, ...needs.flatMap((name) => planning.image.interfaces.get(name)?.symbols ?? [])],
  };
}

/** Where new takes memory from: what its owner needs for that anyway. */
function heapOf({names, mayWant}: Speaker): 'alloc' | 'libc' | undefined {
  if (names.some((name) => name === 'alloc')) return 'alloc';
  return ['malloc', 'aligned_alloc', 'free'].every((symbol) => mayWant.includes(symbol)) ? 'libc' : undefined;
}

function rust(speaker: Speaker, planning: Planning): LanguageSupport {
  const file = `$build/generated/${speaker.owner}/rust.c`;
  const own = unit(speaker, {planning, names: [interfaceName('string')], file, text: rustRuntime});
  return {...own, include: [], mayWant: ['memcmp']};
}

function unit(
  {owner, because}: Speaker,
  {planning, names, file, text}: {planning: Planning; names: readonly InterfaceName[]; file: string; text: string},
): Pick<LanguageSupport, 'files' | 'compiles'> {
  const {image, places} = planning;
  return {
    files: [{kind: 'generate', output: file, content: text, because: 'its compiler calls that'}],
    compiles: [
      {
        kind: 'compile',
        owner,
        input: file,
        output: file.replace('$build/generated/', '$build/obj/generated-').concat('.o'),
        language: 'c',
        flags: compileFlags(image, {author: 'lib', language: 'c', own: []}),
        include: includeFolders(names, {image, places}),
        because,
      },
    ],
  };
}
