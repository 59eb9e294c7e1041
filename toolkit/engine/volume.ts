// SPDX-License-Identifier: BSD-3-Clause

import {resolve} from 'node:path';
import type {Result} from '../base/index.ts';
import type {Checked, Listed} from '../volume/index.ts';
import type {Engine} from './engine.ts';

/** A path of the host, and one within the disk that an image there holds. */
export interface InImage {
  readonly image: string;
  readonly inside: string;
}

export async function createVolume(
  {host, folder}: Engine,
  {path, size}: {readonly path: string; readonly size: string},
): Promise<Result<{readonly path: string; readonly size: number}>> {
  const volume = await import('../volume/index.ts');
  return volume.createVolume(host, {path: resolve(folder, path), size});
}

export async function listVolume({host, folder}: Engine, {image, inside}: InImage): Promise<Result<readonly Listed[]>> {
  const volume = await import('../volume/index.ts');
  return volume.listVolume(host, {path: resolve(folder, image), inside});
}

export async function checkVolume({host, folder}: Engine, path: string): Promise<Result<Checked>> {
  const volume = await import('../volume/index.ts');
  return volume.checkVolume(host, resolve(folder, path));
}

/** Copies from the host to a disk, or the other way round; returns how many files, folders and links. */
export async function copyVolume(
  {host, folder}: Engine,
  {direction, outside, image, inside}: InImage & {readonly direction: 'in' | 'out'; readonly outside: string},
): Promise<Result<number>> {
  const volume = await import('../volume/index.ts');
  const paths = {outside: resolve(folder, outside), path: resolve(folder, image), inside};
  return direction === 'in' ? volume.copyIn(host, paths) : volume.copyOut(host, paths);
}
