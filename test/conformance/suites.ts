// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import {type Bench, compilers, needsOf, type Trial} from './bench.ts';
import {programFor} from './program.ts';
import {unhurried} from './unhurried.ts';

export interface Pairing extends Trial {
  readonly title: string;
}

/** Suites that ask more than the contract does, and which providers take part. */
const selective: Readonly<Record<string, readonly string[]>> = {
  // Results are printed, so print-none would lose them.
  print: ['print-text'],
  'alloc-bugs': ['alloc-tlsf', 'alloc-buddy', 'alloc-fake'],
  // There is no network to speak over with netstack-none; what it owes is tested beside it.
  netstack: ['netstack-lwip'],
  'netstack-datagrams': ['netstack-lwip'],
  // Nothing interrupts a program of the build machine: in images only.
  preemption: [],
};

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
export async function pairings(bench: Bench): Promise<readonly Pairing[]> {
  const {catalog} = bench;
  const found: Pairing[] = [];
  for (const one of catalog.interfaces) {
    const providers = catalog.libs.filter((lib) => lib.provides.some((each) => each.interface === one.name));
    for (const suite of await cFiles(bench, join(one.folder, 'conformance'))) {
      for (const lib of providers) await pair(suite, lib.name, one.name);
    }
  }
  for (const lib of catalog.libs) {
    for (const suite of await cFiles(bench, join(lib.folder, 'test'))) await pair(suite, lib.name, 'white box');
  }
  return found;

  async function pair(suite: string, provider: string, of: string): Promise<void> {
    const name = basename(suite, '.c');
    const lib = catalog.libs.find((each) => each.name === provider);
    if (lib === undefined || selective[name]?.includes(provider) === false) return;
    const program = programFor(catalog, lib, await needsOf(bench, suite));
    if ('unfit' in program) return;
    for (const compiler of compilers) {
      const title = `${of}: ${provider} passes ${name} under ${compiler}`;
      found.push({title, suite, provider, compiler, settings: unhurried(name)});
    }
    for (const [words, settings = {}] of Object.entries(variants[of] ?? {})) {
      const applies = program.libs.some((each) => settings[each.name] !== undefined);
      const title = `${of}: ${provider} passes ${name}${words}`;
      if (applies) found.push({title, suite, provider, compiler: 'gcc', settings});
    }
  }
}

async function cFiles({host}: Bench, folder: string): Promise<readonly string[]> {
  return ((await host.list(folder)) ?? []).filter((name) => name.endsWith('.c')).map((name) => join(folder, name));
}
