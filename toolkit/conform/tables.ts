// SPDX-License-Identifier: BSD-3-Clause

import type {Catalog, Lib} from '../catalog/index.ts';
import {bootTable, driverTables} from '../plan/index.ts';
import type {Program} from './program.ts';

/** The boot table, and the table of drivers of each interface that has some. */
export function hostedTables({libs, absent}: Pick<Program, 'libs' | 'absent'>, catalog: Catalog): string {
  const drivers = catalog.interfaces.filter(
    ({name, cardinality, driver}) =>
      cardinality === 'any' &&
      driver !== undefined &&
      (absent.includes(name) || libs.some((lib) => provides(lib, name))),
  );
  const providers = drivers.map(({name}) => {
    const names = libs.filter((lib) => provides(lib, name)).map((lib) => lib.name);
    return [name, names.sort()] as const;
  });
  const boot = bootTable(
    libs.map((lib) => ({lib})),
    {name: 'suite', cmd: [], env: {}},
  );
  return `${boot}\n${driverTables({providers: new Map(providers)}, drivers)}`;
}

function provides(lib: Lib, name: string): boolean {
  return lib.provides.some((each) => each.interface === name);
}
