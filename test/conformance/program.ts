// SPDX-License-Identifier: BSD-3-Clause

import type {Catalog, Lib} from '../../toolkit/catalog/index.ts';

/** What a hosted suite is linked from. */
export interface Program {
  /** Libs, each after those that it needs. */
  readonly libs: readonly Lib[];
  /** Files of `hosted/`, where the build machine itself stands in. */
  readonly hosted: readonly string[];
}

/**
 * Who stands in for an interface in a program of the build machine: a lib, a file of `hosted/`, or `nothing`,
 * where the C library or a header does. An interface that is not here makes a provider one for machines only.
 */
const standIns: Readonly<Record<string, {readonly lib: string} | {readonly file: string} | 'nothing'>> = {
  alloc: {lib: 'alloc-tlsf'},
  boot: {file: 'boot.c'},
  clock: {lib: 'irq-fake'},
  conformance: {lib: 'conformance-tap'},
  console: {file: 'console.c'},
  entropy: {lib: 'entropy-fake'},
  fs: {lib: 'fs-ram'},
  interrupted: {lib: 'irq-fake'},
  irq: {lib: 'irq-fake'},
  linux: 'nothing',
  mem: {lib: 'mem-fake'},
  panic: {lib: 'conformance-tap'},
  print: {file: 'print.c'},
  sched: {lib: 'sched-coop'},
  string: 'nothing',
  threads: {lib: 'sched-coop'},
  vfs: {lib: 'vfs-core'},
};

/** The program that puts `provider` to a suite of these needs; or why it cannot be hosted. */
export function programFor(
  catalog: Catalog,
  provider: Lib,
  needs: readonly string[],
): Program | {readonly unfit: string} {
  const libs: Lib[] = [];
  const hosted = new Set<string>(['boot.c']);
  const provided = new Map<string, string>();
  const unfit: string[] = [];

  add(provider);
  for (const need of needs) satisfy(need);
  if (provided.has('initrd')) hosted.add('initrd.c');
  return unfit.length > 0 ? {unfit: unfit.join(', ')} : {libs, hosted: [...hosted].sort()};

  function add(lib: Lib): void {
    if (lib.kind !== 'lib') unfit.push(`${lib.name} boots a machine`);
    for (const {interface: name} of lib.provides) {
      if (provided.has(name)) unfit.push(`${lib.name} and ${provided.get(name) ?? ''} provide ${name}`);
      provided.set(name, lib.name);
    }
    for (const need of lib.needs) satisfy(need.interface);
    libs.push(lib);
  }

  function satisfy(name: string): void {
    if (provided.has(name)) return;
    const by = standIns[name];
    if (by === undefined) unfit.push(`nothing stands in for ${name}`);
    else if (by !== 'nothing' && 'file' in by) hosted.add(by.file);
    else if (by !== 'nothing') {
      const lib = catalog.libs.find((each) => each.name === by.lib);
      if (lib === undefined) unfit.push(`there is no ${by.lib}`);
      else add(lib);
    }
  }
}
