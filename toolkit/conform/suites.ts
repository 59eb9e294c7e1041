// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {InterfaceName} from '../base/index.ts';
import type {Catalog, Interface, Lib} from '../catalog/index.ts';
import type {Host} from '../host/index.ts';

/** Tests in one C file: of an interface, or of a lib's own inside. */
export interface Suite {
  /** The file's name without its ending. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** Interfaces whose headers it includes, and so needs. */
  readonly needs: readonly InterfaceName[];
}

/** The suites of an interface, sorted: `conformance/*.c`. */
export function suitesOf(host: Host, catalog: Catalog, {folder}: Interface): Promise<readonly Suite[]> {
  return suitesIn(join(folder, 'conformance'), host, catalog);
}

/** A lib's own tests, sorted: `test/*.c`. They see its inside. */
export function whiteBoxOf(host: Host, catalog: Catalog, {folder}: Lib): Promise<readonly Suite[]> {
  return suitesIn(join(folder, 'test'), host, catalog);
}

async function suitesIn(folder: string, host: Host, catalog: Catalog): Promise<readonly Suite[]> {
  const names = ((await host.list(folder)) ?? []).filter((name) => name.endsWith('.c'));
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      return {name: name.slice(0, -2), file, needs: await needsOf(host, catalog, file)};
    }),
  );
}

/** Interfaces whose headers a file includes. */
export async function needsOf(host: Host, {interfaces}: Catalog, file: string): Promise<readonly InterfaceName[]> {
  const text = (await host.readFile(file)) ?? '';
  const headers = new Set([...text.matchAll(/^#include <(kraft\/[^>]+)>/gm)].map((match) => match[1]));
  const names = interfaces.filter((each) => each.headers.some((header) => headers.has(header))).map(({name}) => name);
  return [...new Set(names)];
}
