// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import {type Bench, compilers, needsOf, type Trial} from './bench.ts';
import {programFor} from './program.ts';

export interface Pairing extends Trial {
  readonly title: string;
}

/** Suites that ask more than the contract does, and which providers take part. */
const selective: Readonly<Record<string, readonly string[]>> = {
  'alloc-bugs': ['alloc-tlsf', 'alloc-buddy'],
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
    if ('unfit' in programFor(catalog, lib, await needsOf(bench, suite))) return;
    for (const compiler of compilers)
      found.push({title: `${of}: ${provider} passes ${name} under ${compiler}`, suite, provider, compiler});
  }
}

async function cFiles({host}: Bench, folder: string): Promise<readonly string[]> {
  return ((await host.list(folder)) ?? []).filter((name) => name.endsWith('.c')).map((name) => join(folder, name));
}
