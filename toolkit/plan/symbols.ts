// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName} from '../base/index.ts';
import type {Catalog, Interface, Lib} from '../catalog/index.ts';
import type {AuditAction} from './action.ts';
import {bootInterface} from './boot-table.ts';
import {driverSymbol, tableSymbols} from './driver-tables.ts';
import type {ImageLib, ImageLibs} from './image-libs.ts';
import {layoutSymbols} from './linker-script.ts';
import type {Planning} from './plan.ts';

/** What a lib must define: its contracts, its drivers, and where it is started. */
export function promises({lib}: Pick<ImageLib, 'lib'>, image: Pick<ImageLibs, 'interfaces'>): AuditAction['promises'] {
  const contracts = lib.provides.flatMap(({interface: name}) => {
    const one = image.interfaces.get(name);
    return one === undefined ? [] : promised(one, lib).map((symbol) => ({symbol, interface: name}));
  });
  const called = [lib.starts, lib.ends, lib.main, lib.boot?.entry].filter((symbol) => symbol !== undefined);
  const starts = called.map((symbol) => ({symbol, interface: 'start' as const}));
  const wrapped = wrappedSymbols(lib, image).map(({symbol, interface: name}) => ({
    symbol: `__wrap_${symbol}`,
    interface: name,
  }));
  return [...contracts, ...wrapped, ...starts].sort((one, other) => (one.symbol < other.symbol ? -1 : 1));
}

function promised(one: Interface, lib: Lib): readonly string[] {
  if (one.contract === 'open') return lib.exports;
  if (one.cardinality === 'any') return one.driver === undefined ? [] : [driverSymbol(lib.name, one.name)];
  return one.symbols;
}

/** The functions whose calls come to a lib first. */
export function wrappedSymbols(
  {wraps = []}: Lib,
  {interfaces}: Pick<ImageLibs, 'interfaces'>,
): readonly {readonly symbol: string; readonly interface: InterfaceName}[] {
  return wraps.flatMap(({interface: name}) =>
    (interfaces.get(name)?.symbols ?? []).map((symbol) => ({symbol, interface: name})),
  );
}

/** What a lib may leave undefined: what it needs or provides, and what the compiler itself calls. */
export function libMayWant(one: ImageLib, {image, script}: Pick<Planning, 'image' | 'script'>): readonly string[] {
  const {lib, needs} = one;
  const names = [...needs.map((need) => need.interface), ...lib.provides.map((one) => one.interface)];
  const layout = lib.kind === 'platform' ? layoutSymbols(script) : [];
  const own = promises(one, image).map(({symbol}) => symbol);
  const main = lib.main === undefined ? [] : ['__real_main'];
  const wrapped = wrappedSymbols(lib, image).map(({symbol}) => `__real_${symbol}`);
  return unique([...mayWant(names, image), ...layout, ...own, ...main, ...wrapped]);
}

/** The promise that data for each thread finds room. */
const threadDataInterface = 'thread-data';

export function mayKeepThreadData(names: readonly InterfaceName[]): boolean {
  return names.some((name) => name === threadDataInterface);
}

/** What somebody who names these interfaces may leave undefined. */
export function mayWant(names: readonly InterfaceName[], image: ImageLibs): readonly string[] {
  const compilers = image.arch.lib.compile?.symbols ?? [];
  const contracts = names.flatMap((name) => {
    const one = image.interfaces.get(name);
    return one === undefined
      ? []
      : [...offered(one), ...exported(one, image), ...(name === bootInterface ? ['main'] : [])];
  });
  return unique([...compilers, ...contracts]);
}

function exported(one: Interface, image: ImageLibs): readonly string[] {
  if (one.contract !== 'open') return [];
  const names = image.providers.get(one.name) ?? [];
  return image.libs.flatMap(({lib}) => (names.includes(lib.name) ? lib.exports : []));
}

/** What an interface's users may call: its symbols, and those that the build generates for it. */
function offered(one: Interface): readonly string[] {
  const tables = one.cardinality === 'any' && one.driver !== undefined ? tableSymbols(one.name) : [];
  return [...one.symbols, ...one.generated, ...tables];
}

/** Every symbol of every interface that can be chosen; the first interface by name where two have it. */
export function symbolOwners({interfaces, libs}: Catalog): Readonly<Record<string, InterfaceName>> {
  const pairs = interfaces.flatMap((one) => {
    const exports =
      one.contract === 'open' ? libs.filter((lib) => provides(lib, one.name)).flatMap((lib) => lib.exports) : [];
    return [...offered(one), ...exports].map((symbol): [string, InterfaceName] => [symbol, one.name]);
  });
  return firstOwners(pairs);
}

export function openInterfaces({interfaces}: Catalog): readonly InterfaceName[] {
  const open = interfaces.filter(({contract}) => contract === 'open').map(({name}) => name);
  return [...new Set(open)].sort();
}

/** Every header of every interface that can be chosen, as an `#include` names it. */
export function headerOwners({interfaces, libs}: Catalog): Readonly<Record<string, InterfaceName>> {
  const pairs = interfaces.flatMap((one) => {
    const providers = one.contract === 'open' ? libs.filter((lib) => provides(lib, one.name)) : [];
    const headers = [...one.headers, ...providers.flatMap((lib) => lib.headers ?? [])];
    return headers.map((header): [string, InterfaceName] => [header, one.name]);
  });
  return firstOwners(pairs);
}

function provides(lib: Lib, name: InterfaceName): boolean {
  return lib.provides.some((one) => one.interface === name);
}

/** Sorted. */
function firstOwners(pairs: readonly [string, InterfaceName][]): Readonly<Record<string, InterfaceName>> {
  const owners = new Map<string, InterfaceName>();
  for (const [symbol, owner] of pairs) {
    const other = owners.get(symbol);
    if (other === undefined || owner < other) owners.set(symbol, owner);
  }
  return Object.fromEntries([...owners].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function unique(symbols: readonly string[]): readonly string[] {
  return [...new Set(symbols)].sort();
}
