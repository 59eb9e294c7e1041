// SPDX-License-Identifier: BSD-3-Clause

import {dirname, join} from 'node:path';
import {type Diagnostic, fail, listing, ok, type Result} from '../base/index.ts';
import type {Catalog, Interface, Lib} from '../catalog/index.ts';
import type {Engine} from './engine.ts';
import {openCatalog, shown} from './project.ts';

/** A lib or an interface that somebody is writing, and the catalog with it in it. */
export interface Authored {
  /** Absolute. */
  readonly folder: string;
  readonly catalog: Catalog;
  readonly what:
    | {readonly kind: 'lib'; readonly lib: Lib}
    | {readonly kind: 'interface'; readonly interface: Interface};
  /** An engine whose catalogs have it. */
  readonly engine: Engine;
}

/** The nearest lib.yaml or interface.yaml, here or upwards, checked together with the catalog. */
export async function openAuthored(engine: Engine): Promise<Result<Authored>> {
  const found = await findManifest(engine);
  if (!found.ok) return found;
  const {folder, file} = found.value;
  const inCatalog = ['libs', 'platforms', 'arch'].some((part) => folder.startsWith(join(engine.kit, part, '/')));
  const within = inCatalog ? engine : {...engine, packages: [...(engine.packages ?? []), folder]};
  const catalog = await openCatalog(within, folder);
  if (!catalog.ok) return catalog;
  const what =
    file === 'lib.yaml'
      ? catalog.value.libs.filter((lib) => lib.folder === folder).map((lib) => ({kind: 'lib' as const, lib}))[0]
      : catalog.value.interfaces
          .filter((each) => each.folder === folder)
          .map((each) => ({kind: 'interface' as const, interface: each}))[0];
  if (what === undefined) return fail([notThere(engine, folder)]);
  const {installedPackages} = await import('../packages/index.ts');
  const beside = (await installedPackages(engine.host, folder)).map((installed) => installed.folder);
  return ok({
    folder,
    catalog: catalog.value,
    what,
    engine: {...within, packages: [...(within.packages ?? []), ...beside]},
  });
}

async function findManifest(engine: Engine): Promise<Result<{readonly folder: string; readonly file: string}>> {
  for (let folder = engine.folder; ; folder = dirname(folder)) {
    const names = (await engine.host.list(folder)) ?? [];
    const files = ['lib.yaml', 'interface.yaml'].filter((name) => names.includes(name));
    const [file] = files;
    if (files.length > 1) return fail([twoManifests(shown(engine, folder))]);
    if (file !== undefined) return ok({folder, file});
    if (folder === dirname(folder)) break;
  }
  const way = shown(engine, engine.folder);
  const below = await manifestsBelow(engine);
  return fail([
    {
      severity: 'error',
      message: `There is no lib.yaml and no interface.yaml in ${way === '.' ? 'this folder' : way} or above it.`,
      help:
        below.length === 0
          ? 'Begin a lib with kraft-ts lib new NAME --provides INTERFACE'
          : `Go where one is: cd ${listing(below.slice(0, 4), 'or')}`,
    },
  ]);
}

/** Folders of libs and interfaces that lie in the engine's folder, or in its libs/, as the user would write them. */
async function manifestsBelow({host, folder}: Engine): Promise<readonly string[]> {
  const homes = ['', 'libs/', 'libs/interfaces/'];
  const folders = await Promise.all(
    homes.map(async (home) => ((await host.list(join(folder, home))) ?? []).map((name) => `${home}${name}`)),
  );
  const found = await Promise.all(
    folders.flat().map(async (way) => {
      const names = (await host.list(join(folder, way))) ?? [];
      return names.includes('lib.yaml') || names.includes('interface.yaml') ? [way] : [];
    }),
  );
  return found.flat();
}

/** A package is one thing: who adds it has to know which. */
export function twoManifests(folder: string): Diagnostic {
  return {
    severity: 'error',
    message: `${folder === '.' ? 'This folder' : folder} has a lib.yaml and an interface.yaml: a package is a lib or an interface.`,
    help: 'Give each a folder, and a package, of its own.',
  };
}

function notThere(engine: Engine, folder: string): Diagnostic {
  return {severity: 'error', message: `What lies in ${shown(engine, folder)} is not in the catalog.`};
}
