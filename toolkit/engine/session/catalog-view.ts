// SPDX-License-Identifier: BSD-3-Clause

import {compareVersions, type InterfaceName, type LibName, printPlace, type Version} from '../../base/index.ts';
import type {Catalog, Interface, Lib, Option} from '../../catalog/index.ts';

/** An option as a person sees it. Sizes are bytes. */
export type OptionView = OptionRest & {
  /** Where it is declared: `libs/x/lib.yaml:7:3`. */
  readonly place: string;
};

type OptionRest = Option extends infer One ? (One extends Option ? Omit<One, 'at'> : never) : never;

/** What a person sees of a lib, whatever its version: that of the newest, and which versions there are. */
export interface LibView {
  readonly name: LibName;
  readonly kind: Lib['kind'];
  /** Newest first. */
  readonly versions: readonly Version[];
  readonly summary: string;
  readonly license: string;
  readonly category: string;
  readonly provides: readonly InterfaceName[];
  readonly needs: readonly {readonly interface: InterfaceName; readonly because?: string; readonly maybe: boolean}[];
  readonly excludes: readonly {readonly lib: LibName; readonly because?: string}[];
  readonly options: readonly OptionView[];
  readonly onlyByName: boolean;
  readonly recommended: boolean;
  /** A platform's machines; the first is the one that it prefers. */
  readonly machines: readonly {readonly name: string; readonly means: string}[];
  readonly origin: Lib['origin'];
  readonly place: string;
}

export interface InterfaceView {
  readonly name: InterfaceName;
  readonly version: Version;
  readonly summary: string;
  readonly cardinality: Interface['cardinality'];
  readonly place: string;
}

/** A catalog as plain data that is cheap to send to another thread. */
export interface CatalogView {
  readonly interfaces: readonly InterfaceView[];
  readonly libs: readonly LibView[];
}

export function viewOf({interfaces, libs}: Catalog): CatalogView {
  const byName = new Map<LibName, Lib[]>();
  for (const lib of libs) byName.set(lib.name, [...(byName.get(lib.name) ?? []), lib]);
  const newest = new Map<InterfaceName, Interface>();
  for (const each of interfaces) {
    const known = newest.get(each.name);
    if (known === undefined || compareVersions(each.version, known.version) > 0) newest.set(each.name, each);
  }
  return {
    interfaces: [...newest.values()].map(({name, version, summary, cardinality, at}) => ({
      name,
      version,
      summary,
      cardinality,
      place: printPlace(at),
    })),
    libs: [...byName.values()].flatMap(libView),
  };
}

function libView(versions: readonly Lib[]): readonly LibView[] {
  const sorted = [...versions].sort((a, b) => compareVersions(b.version, a.version));
  const [lib] = sorted;
  if (lib === undefined) return [];
  return [
    {
      name: lib.name,
      kind: lib.kind,
      versions: sorted.map((each) => each.version),
      summary: lib.summary,
      license: lib.license,
      category: lib.category ?? 'other',
      provides: lib.provides.map((each) => each.interface),
      needs: lib.needs.map((need) => ({
        interface: need.interface,
        maybe: need.when !== undefined,
        ...(need.because !== undefined && {because: need.because}),
      })),
      excludes: lib.excludes.map(({lib: other, because}) => ({lib: other, ...(because !== undefined && {because})})),
      options: lib.options.map(({at, ...option}) => ({...option, place: printPlace(at)})),
      onlyByName: lib.onlyByName ?? false,
      recommended: lib.recommended ?? false,
      machines: machinesOf(lib),
      origin: lib.origin,
      place: printPlace(lib.at),
    },
  ];
}

function machinesOf({boot}: Lib): LibView['machines'] {
  if (boot === undefined) return [];
  const isDefault = (name: string): number => (name === boot.defaultMachine ? 0 : 1);
  return boot.machines.map(({name, means}) => ({name, means})).sort((a, b) => isDefault(a.name) - isDefault(b.name));
}
