// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import {type Catalog, type Lib, loadCatalog} from '../../toolkit/catalog/index.ts';
import {
  type Compiler,
  type Ended,
  type Fault,
  needsOf,
  openWorkbench,
  runTrial,
  type Settings,
  type Workbench,
} from '../../toolkit/conform/index.ts';
import {nodeHost} from '../../toolkit/host/index.ts';

export const compilers: readonly Compiler[] = ['gcc', 'clang'];

/** The repository. */
export const kit = join(import.meta.dirname, '..', '..');

/** One suite, put to one provider. */
export interface Trial {
  /** A C file, absolute. */
  readonly suite: string;
  readonly provider: string;
  readonly compiler: Compiler;
  /** By lib. */
  readonly settings?: Readonly<Record<string, Settings>>;
  readonly fault?: Fault;
}

/** A workbench in a folder of its own, for the repository's own catalog. */
export async function openBench(): Promise<Workbench> {
  const host = nodeHost();
  const catalog = await loadCatalog(host, [{folder: kit, origin: 'bundled'}]);
  if (!catalog.ok)
    throw new Error(catalog.error.map(({message, at}) => `${at?.source.path ?? ''}: ${message}`).join('\n'));
  return openWorkbench({host, catalog: catalog.value, kit, folder: await host.makeTemporaryFolder('conformance-')});
}

export async function closeBench({host, folder}: Workbench): Promise<void> {
  await host.remove(folder);
}

export async function run(bench: Workbench, {suite, provider, ...rest}: Trial): Promise<Ended> {
  const {host, catalog} = bench;
  const needs = await needsOf(host, catalog, suite);
  return runTrial(bench, {
    ...rest,
    suite: {name: basename(suite, '.c'), file: suite, needs},
    provider: libNamed(catalog, provider),
  });
}

export function libNamed(catalog: Catalog, name: string): Lib {
  const lib = catalog.libs.find((each) => each.name === name);
  if (lib === undefined) throw new Error(`There is no lib ${name}`);
  return lib;
}
