// SPDX-License-Identifier: BSD-3-Clause

import {type FileHandle, open} from 'node:fs/promises';
import type {OpenFile} from './host.ts';
import {hostError, isMissing} from './node-error.ts';

const flags = {read: 'r', write: 'r+', create: 'wx+'} as const;

export async function openFile(path: string, access: keyof typeof flags): Promise<OpenFile | undefined> {
  const named = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      throw hostError(error, path);
    }
  };
  let handle: FileHandle;
  try {
    handle = await open(path, flags[access]);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw hostError(error, path);
  }
  const {size} = await named(() => handle.stat());
  return {
    size,
    read: (offset, length) =>
      named(async () => {
        const bytes = new Uint8Array(length);
        const {bytesRead} = await handle.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      }),
    write: (offset, bytes) => named(async () => void (await handle.write(bytes, 0, bytes.length, offset))),
    resize: (length) => named(() => handle.truncate(length)),
    sync: () => named(() => handle.sync()),
    close: () => named(() => handle.close()),
  };
}
