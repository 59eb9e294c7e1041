// SPDX-License-Identifier: BSD-3-Clause

import {compareVersions, type Diagnostic, type Location, quote} from '../base/index.ts';
import type {Catalog} from './catalog.ts';
import {checkInterface} from './check-interface.ts';
import {checkLib} from './check-lib.ts';
import type {Manifest} from './find-manifests.ts';
import type {Interface} from './interface.ts';
import type {Lib} from './lib.ts';
import type {OpenInterface, OpenLib, OpenNeed} from './read-manifest.ts';

/** Everything that was read, before anything is known to fit together. */
export interface Shelf {
  readonly interfaces: readonly OpenInterface[];
  readonly libs: readonly {readonly lib: OpenLib; readonly manifest: Manifest}[];
  /** Folders whose manifests have mistakes: that these are missing is nobody else's mistake. */
  readonly unread: ReadonlySet<string>;
}

/** What the manifests say of each other, checked; and the catalog, which counts where there is no error. */
export function checkCatalog(shelf: Shelf): {readonly catalog: Catalog; readonly diagnostics: readonly Diagnostic[]} {
  const interfaces = shelf.interfaces.map(closeInterface).sort(byNameAndVersion);
  const libs = shelf.libs
    .map(({lib}) => ({...lib, needs: lib.needs.map((need) => closeNeed(need, interfaces))}))
    .sort(byNameAndVersion);
  const diagnostics = [
    ...repeated(interfaces, 'interface'),
    ...repeated(libs, 'lib'),
    ...shelf.interfaces.flatMap((each) => checkInterface(each, shelf)),
    ...shelf.libs.flatMap((each) => checkLib(each, shelf)),
  ];
  return {catalog: {interfaces, libs}, diagnostics};
}

/** The interface says how many providers a need asks for, where the manifest does not. */
export function closeNeed(
  {atLeast, settings: _, ...need}: OpenNeed,
  interfaces: readonly Interface[],
): Lib['needs'][number] {
  const wanted = interfaces.find((each) => each.name === need.interface);
  return {...need, atLeast: atLeast?.value ?? (wanted?.cardinality === 'any' ? 0 : 1)};
}

/** An interface without what only the check of a catalog looks at. */
export function closeInterface({places: _, ...rest}: OpenInterface): Interface {
  return rest;
}

function byNameAndVersion(a: Interface | Lib, b: Interface | Lib): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return compareVersions(b.version, a.version);
}

function repeated(
  items: readonly {readonly name: string; readonly version: string; readonly at: Location}[],
  noun: string,
): readonly Diagnostic[] {
  return items.flatMap((item, index): readonly Diagnostic[] => {
    const before = items[index - 1];
    if (before?.name !== item.name || before.version !== item.version) return [];
    return [
      {
        severity: 'error',
        message: `The ${noun} ${quote(item.name)} ${item.version} exists twice.`,
        at: item.at,
        notes: [{message: 'The other one is this.', at: before.at}],
        help: 'Rename one of them, or give it another version.',
      },
    ];
  });
}
