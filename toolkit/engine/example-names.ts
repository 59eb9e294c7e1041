// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Engine} from './engine.ts';

/** A name of each kind that the toolkit has, for the examples in help texts. */
export async function exampleNames({host, kit}: Engine): Promise<Readonly<Record<string, string>>> {
  const first = async (...folder: readonly string[]): Promise<string | undefined> =>
    ((await host.list(join(kit, ...folder))) ?? []).find(
      (name) => /^[a-z][a-z0-9-]*$/.test(name) && name !== 'interfaces',
    );
  const [platform, arch, lib] = await Promise.all([first('platforms'), first('arch'), first('libs')]);
  return {...(platform && {platform}), ...(arch && {arch}), ...(lib && {lib})};
}
