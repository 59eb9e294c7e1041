// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, parseSize, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {block, leastBlocks} from './format.ts';
import {wrong} from './open-disk.ts';

/** Makes an image: zeros are an empty disk, and take no room on the host. */
export async function createVolume(
  host: Host,
  {path, size}: {readonly path: string; readonly size: string},
): Promise<Result<{readonly path: string; readonly size: number}>> {
  const bytes = parseSize(size) ?? parseSize(size.replace(/^([\d.]+)([KMG])$/, '$1$2iB'));
  if (bytes === undefined) return fail([wrong(`Expected a size such as 64MiB, but was "${size}".`)]);
  const whole = Math.floor(bytes / block) * block;
  if (whole < leastBlocks * block)
    return fail([wrong(`A disk has ${(leastBlocks * block) / 1024} KiB at least, but ${size} was asked for.`)]);
  if ((await host.facts(path)) !== undefined)
    return fail([wrong(`There is something already: ${path}.`, 'Take another name, or remove it first.')]);
  const file = await host.openFile(path, 'create');
  if (file === undefined) return fail([wrong(`The folder of ${path} is not there.`)]);
  await file.resize(whole);
  await file.close();
  return ok({path, size: whole});
}
