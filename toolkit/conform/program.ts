// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {InterfaceName} from '../base/index.ts';
import type {Catalog, Interface, Lib} from '../catalog/index.ts';
import type {Host} from '../host/index.ts';

/** What a suite is linked from where it runs as a program of the build machine. */
export interface Program {
  /** Libs, each after those that it needs. */
  readonly libs: readonly Lib[];
  /** Files by which the build machine itself stands in for interfaces, absolute. */
  readonly hosted: readonly string[];
  /** Interfaces of drivers of which there are none, though a lib would take some. */
  readonly absent: readonly InterfaceName[];
}

/** How a program begins: the interface whose stand-in has the C library's main. */
const entry = 'boot';

/** The program that puts `provider` to a suite of these needs; or why it cannot be one. */
export async function programFor(
  host: Host,
  catalog: Catalog,
  {provider, needs}: {readonly provider: Lib; readonly needs: readonly string[]},
): Promise<Program | {readonly unfit: string}> {
  const libs: Lib[] = [];
  const hosted = new Set<string>();
  const provided = new Map<string, Lib>();
  const absent = new Set<InterfaceName>();
  const unfit: string[] = [];

  await add(provider);
  for (const need of [entry, ...needs]) await satisfy(need);
  for (const name of provided.keys()) await addGenerated(name);
  return unfit.length > 0
    ? {unfit: [...new Set(unfit)].join(', ')}
    : {libs, hosted: [...hosted].sort(), absent: [...absent].sort()};

  async function add(lib: Lib): Promise<void> {
    if (lib.kind !== 'lib') unfit.push(`${lib.name} boots a machine`);
    for (const {interface: name} of lib.provides) {
      const other = provided.get(name);
      if (other !== undefined && interfaceNamed(name)?.cardinality !== 'any')
        unfit.push(`${lib.name} and ${other.name} provide ${name}`);
      provided.set(name, lib);
    }
    for (const need of lib.needs) await satisfy(need.interface, need.atLeast);
    libs.push(lib);
  }

  async function satisfy(name: string, atLeast = 1): Promise<void> {
    if (provided.has(name)) return;
    const wanted = interfaceNamed(name);
    if (wanted?.hosted === 'build-machine') return;
    const files = wanted === undefined ? [] : await hostedFiles(wanted);
    for (const file of files) hosted.add(file);
    if (files.length > 0) return;
    const lib = wanted === undefined ? undefined : standIn(wanted);
    if (lib !== undefined) await add(lib);
    else if (atLeast === 0 && wanted !== undefined) absent.add(wanted.name);
    else unfit.push(`nothing stands in for ${name}`);
  }

  /** What a build would generate for the provider of an interface, from the interface's own stand-in. */
  async function addGenerated(name: string): Promise<void> {
    const wanted = interfaceNamed(name);
    if (wanted === undefined || wanted.generated.length === 0) return;
    for (const file of await hostedFiles(wanted)) hosted.add(file);
  }

  function standIn({hosted: name, folder}: Interface): Lib | undefined {
    return catalog.libs.find((lib) => (name === undefined ? lib.folder === join(folder, 'fake') : lib.name === name));
  }

  function interfaceNamed(name: InterfaceName | string): Interface | undefined {
    return catalog.interfaces.find((each) => each.name === name);
  }

  async function hostedFiles({folder}: Interface): Promise<readonly string[]> {
    const names = (await host.list(join(folder, 'hosted'))) ?? [];
    return names.filter((name) => name.endsWith('.c')).map((name) => join(folder, 'hosted', name));
  }
}
