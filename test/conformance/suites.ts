// SPDX-License-Identifier: BSD-3-Clause

import type {Lib} from '../../toolkit/catalog/index.ts';
import {programFor, type Suite, suitesOf, type Workbench, whiteBoxOf} from '../../toolkit/conform/index.ts';
import {compilers, type Trial} from './bench.ts';
import {unhurried} from './unhurried.ts';

export interface Pairing extends Trial {
  readonly title: string;
}

/** More machines to try a provider on, by interface: settings of the libs that stand in. */
const variants: Readonly<Record<string, Readonly<Record<string, Trial['settings']>>>> = {
  'white box': {
    ' in four regions': {'mem-fake': {regions: 4, size: 12 * 1024 * 1024}},
  },
  alloc: {
    ' in three regions': {'mem-fake': {regions: 3}},
    ' with nothing kept': {'alloc-tlsf': {keep: 0}},
    ' with poison': {'alloc-tlsf': {poison: true}},
  },
};

/**
 * Every suite of every interface × every provider that can run on the build machine × every compiler; then
 * every lib's own tests. A new provider is in here as soon as it has a manifest.
 */
export async function pairings(bench: Workbench): Promise<readonly Pairing[]> {
  const {host, catalog} = bench;
  const found: Pairing[] = [];
  for (const one of catalog.interfaces.filter(({hosted}) => hosted !== 'never')) {
    const providers = catalog.libs.filter((lib) => lib.provides.some((each) => each.interface === one.name));
    for (const suite of await suitesOf(host, catalog, one))
      for (const lib of providers) if (lib.exempt?.[suite.name] === undefined) await pair(suite, lib, one.name);
  }
  for (const lib of catalog.libs)
    for (const suite of await whiteBoxOf(host, catalog, lib)) await pair(suite, lib, 'white box');
  return found;

  async function pair({name, file: suite, needs}: Suite, provider: Lib, of: string): Promise<void> {
    const program = await programFor(host, catalog, {provider, needs});
    if ('unfit' in program) return;
    const row = {suite, provider: provider.name};
    for (const compiler of compilers) {
      const title = `${of}: ${provider.name} passes ${name} under ${compiler}`;
      found.push({title, ...row, compiler, settings: unhurried(name)});
    }
    for (const [words, settings = {}] of Object.entries(variants[of] ?? {})) {
      const applies = program.libs.some((each) => settings[each.name] !== undefined);
      const title = `${of}: ${provider.name} passes ${name}${words}`;
      if (applies) found.push({title, ...row, compiler: 'gcc', settings});
    }
  }
}
