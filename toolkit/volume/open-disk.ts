// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {type Disk, readDisk} from './read-disk.ts';

/** Opens an image, hands its disk over, and closes it. */
export async function withDisk<T>(
  host: Host,
  {path, access}: {readonly path: string; readonly access: 'read' | 'write'},
  act: (disk: Disk) => Promise<Result<T>>,
): Promise<Result<T>> {
  const file = await host.openFile(path, access);
  if (file === undefined) return fail([wrong(`There is no disk image ${path}.`, `kraft-ts volume create ${path}`)]);
  try {
    const disk = await readDisk(file);
    return typeof disk === 'string'
      ? fail([wrong(`The file ${path} is no disk of the guest's: ${disk}.`)])
      : await act(disk);
  } finally {
    await file.close();
  }
}

/** A disk without damage. */
export function withSoundDisk<T>(
  host: Host,
  what: {readonly path: string; readonly access: 'read' | 'write'},
  act: (disk: Disk) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withDisk(host, what, async (disk) => {
    // A superblock that was being written is no damage: the commit before it counts.
    const damage = disk.findings.filter(({offset}) => offset >= 8192 || offset % 4096 !== 0);
    const [first] = damage;
    if (first === undefined) return act(disk);
    return fail([wrong(`The disk image ${what.path} is damaged.`, `kraft-ts volume check ${what.path} says where.`)]);
  });
}

export function wrong(message: string, help?: string): Diagnostic {
  return {severity: 'error', message, ...(help !== undefined && {help})};
}
