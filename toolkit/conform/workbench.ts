// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Catalog, OptionValue} from '../catalog/index.ts';
import type {Host} from '../host/index.ts';
import {cxxHeader} from '../plan/index.ts';

/** Values of a lib's options; its defaults where absent. */
export type Settings = Readonly<Record<string, OptionValue>>;

export type Compiler = 'gcc' | 'clang';

/** Where suites are made into programs of the build machine, and what is known of earlier ones. */
export interface Workbench {
  readonly host: Host;
  readonly catalog: Catalog;
  /** The toolkit, absolute. */
  readonly kit: string;
  /** For what is made, absolute. */
  readonly folder: string;
  /** Objects, by all that they are made from. */
  readonly objects: Map<string, Promise<string>>;
  /** The next number that nothing has yet. */
  readonly next: () => number;
}

export function openWorkbench(given: Pick<Workbench, 'host' | 'catalog' | 'kit' | 'folder'>): Workbench {
  let last = 0;
  return {...given, objects: new Map(), next: () => ++last};
}

/** A folder with the headers of every contract as C++ reads them, written once. */
export function cxxFolder({host, catalog, folder, objects}: Workbench): Promise<string> {
  const at = join(folder, 'c++');
  const known = objects.get(at);
  if (known !== undefined) return known;
  const headers = catalog.interfaces.flatMap((one) => (one.contract === 'closed' ? one.headers : []));
  const made = Promise.all(headers.map((name) => host.writeFile(join(at, name), cxxHeader(name)))).then(() => at);
  objects.set(at, made);
  return made;
}

/** `-I` for the headers of every interface: what a lib may see is for builds to judge. */
export function headerFlags({kit, catalog}: Workbench): readonly string[] {
  const folders = [join(kit, 'libs', 'interfaces', 'base'), ...catalog.interfaces.map(({folder}) => folder)];
  return folders.map((folder) => `-I${folder}/include`);
}
