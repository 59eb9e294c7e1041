// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Lib} from '../catalog/index.ts';
import type {Host} from '../host/index.ts';
import type {Places} from '../plan/index.ts';

/** The texts of the unpacked files that headers of these libs are made of, by path: `$store/…`. */
export async function sourceTexts(
  host: Host,
  {libs, places}: {readonly libs: readonly Lib[]; readonly places: Pick<Places, 'store'>},
): Promise<ReadonlyMap<string, string>> {
  const {headerInputs} = await import('../plan/index.ts');
  const paths = libs.flatMap(headerInputs);
  const texts = await Promise.all(
    paths.map(async (path) => [path, await host.readFile(join(places.store, path.replace('$store/', '')))] as const),
  );
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}
