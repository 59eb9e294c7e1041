// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName} from '../base/index.ts';
import type {Interface} from '../catalog/index.ts';
import {cName} from './c-text.ts';
import type {ImageLibs} from './image-libs.ts';

/** The name under which a lib exports its driver of an interface. */
export function driverSymbol(lib: LibName, of: InterfaceName): string {
  return `${cName(lib)}_${cName(of)}`;
}

/** The names of an interface's generated table, and of the number of its entries. */
export function tableSymbols(of: InterfaceName): readonly [string, string] {
  return [`kr_${cName(of)}_drivers`, `kr_${cName(of)}_driver_count`];
}

/** Interfaces with any number of providers that something in the image needs or provides, sorted by name. */
export function driverInterfaces(image: ImageLibs, wanted: Iterable<InterfaceName>): readonly Interface[] {
  const names = new Set([
    ...wanted,
    ...image.libs.flatMap(({needs}) => needs.map((need) => need.interface)),
    ...image.providers.keys(),
  ]);
  return [...names]
    .sort()
    .flatMap((name) => image.interfaces.get(name) ?? [])
    .filter(({cardinality, driver}) => cardinality === 'any' && driver !== undefined);
}

/** The C file with a table of drivers for each of these interfaces. */
export function driverTables({providers}: Pick<ImageLibs, 'providers'>, interfaces: readonly Interface[]): string {
  const tables = interfaces.flatMap((one) => table(one, providers.get(one.name) ?? []));
  return [
    '/* The drivers in this image, by interface; generated. */',
    '#include <stddef.h>',
    ...interfaces.flatMap(({headers}) => headers.map((header) => `#include <${header}>`)),
    '',
    ...tables,
  ].join('\n');
}

function table({name, driver = ''}: Interface, libs: readonly LibName[]): readonly string[] {
  const [drivers, count] = tableSymbols(name);
  const symbols = libs.map((lib) => driverSymbol(lib, name));
  return [
    ...symbols.map((symbol) => `extern const struct ${driver} ${symbol};`),
    `const struct ${driver} *const ${drivers}[] = {`,
    ...symbols.map((symbol) => `    &${symbol},`),
    '    0,',
    '};',
    `const size_t ${count} = ${symbols.length};`,
    '',
  ];
}
