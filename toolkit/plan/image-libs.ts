// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName} from '../base/index.ts';
import type {Catalog, Condition, Interface, Lib, Need} from '../catalog/index.ts';
import {type ChosenLib, majorOf, type Solution} from '../solve/index.ts';

/** A lib of the image: what its manifest says, and what was chosen for it. */
export interface ImageLib {
  readonly lib: Lib;
  readonly chosen: ChosenLib;
  /** Needs whose condition holds in this image. */
  readonly needs: readonly Need[];
}

/** The solution's libs with their manifests, sorted by name, and the interfaces of the catalog by name. */
export interface ImageLibs {
  readonly libs: readonly ImageLib[];
  readonly platform: ImageLib;
  readonly arch: ImageLib;
  readonly interfaces: ReadonlyMap<InterfaceName, Interface>;
  /** Interface → its providers in the image, sorted. */
  readonly providers: ReadonlyMap<InterfaceName, readonly LibName[]>;
}

export function imageLibs(solution: Solution, catalog: Catalog): ImageLibs {
  const libs = solution.libs
    .map((chosen) => imageLib(chosen, {solution, catalog}))
    .sort((one, other) => (one.lib.name < other.lib.name ? -1 : 1));
  const named = (name: LibName): ImageLib => {
    const found = libs.find(({lib}) => lib.name === name);
    if (found === undefined) throw new Error(`Internal error: the solution lacks its ${name}`);
    return found;
  };
  const providers = [...solution.providers].map(([name, list]) => [name, [...list].sort()] as const);
  return {
    libs,
    platform: named(solution.platform),
    arch: named(solution.arch),
    interfaces: interfacesOf(catalog, libs),
    providers: new Map(providers.sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

function imageLib(chosen: ChosenLib, {solution, catalog}: {solution: Solution; catalog: Catalog}): ImageLib {
  const lib = catalog.libs.find(({name, version}) => name === chosen.name && version === chosen.version);
  if (lib === undefined) throw new Error(`Internal error: the catalog lacks ${chosen.name} ${chosen.version}`);
  return {lib, chosen, needs: lib.needs.filter(({when}) => holds(when, {chosen, solution}))};
}

function holds(condition: Condition | undefined, {chosen, solution}: {chosen: ChosenLib; solution: Solution}): boolean {
  if (condition === undefined) return true;
  if (condition.arch !== undefined && condition.arch !== solution.arch) return false;
  if (condition.platform !== undefined && condition.platform !== solution.platform) return false;
  return Object.entries(condition.options).every(([name, value]) => chosen.options[name] === value);
}

/**
 * One version of each interface: the newest of the major version that the image's providers have, as all of them have
 * the same one; else the newest. The catalog lists the newest version of a name first.
 */
function interfacesOf({interfaces}: Catalog, libs: readonly ImageLib[]): ReadonlyMap<InterfaceName, Interface> {
  const majors = new Map(
    libs.flatMap(({lib}) => lib.provides.map((one) => [one.interface, majorOf(one.version)] as const)),
  );
  const byName = new Map<InterfaceName, Interface>();
  for (const one of interfaces) {
    const fits = (majors.get(one.name) ?? majorOf(one.version)) === majorOf(one.version);
    if (fits && !byName.has(one.name)) byName.set(one.name, one);
  }
  for (const one of interfaces) if (!byName.has(one.name)) byName.set(one.name, one);
  return byName;
}
