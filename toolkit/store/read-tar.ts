// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';

/** One entry of a tar archive, as it says it is: nothing is checked yet. */
export type TarEntry =
  | {readonly kind: 'file'; readonly path: string; readonly bytes: Uint8Array; readonly executable: boolean}
  | {readonly kind: 'folder'; readonly path: string}
  | {readonly kind: 'link' | 'hard link'; readonly path: string; readonly target: string}
  | {readonly kind: 'other'; readonly path: string; readonly means: string};

const noArchive = 'it is no tar archive, or an empty one.';
const entriesAtMost = 200_000;

/** Every entry of an uncompressed archive, or what is wrong with the archive, as the end of a sentence. */
export async function readTar(bytes: Uint8Array): Promise<Result<readonly TarEntry[], string>> {
  const {Parser} = await import('tar');
  return new Promise((resolve) => {
    const entries: TarEntry[] = [];
    const add = (entry: TarEntry): void => {
      entries.push(entry);
      if (entries.length > entriesAtMost) resolve(fail(`it has more than ${entriesAtMost} entries.`));
    };
    const parser = new Parser({strict: true});
    parser.on('entry', (entry) => {
      const {path, type, linkpath = '', mode = 0} = entry;
      const chunks: Uint8Array[] = [];
      entry.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      switch (type) {
        case 'File':
        case 'OldFile':
        case 'ContiguousFile':
          entry.on('end', () =>
            add({kind: 'file', path, bytes: Buffer.concat(chunks), executable: (mode & 0o100) !== 0}),
          );
          break;
        case 'Directory':
        case 'GNUDumpDir':
          add({kind: 'folder', path});
          break;
        case 'SymbolicLink':
          add({kind: 'link', path, target: linkpath});
          break;
        case 'Link':
          add({kind: 'hard link', path, target: linkpath});
          break;
        default:
          add({kind: 'other', path, means: meanings[type] ?? `of the kind ${type}`});
      }
    });
    parser.on('ignoredEntry', (entry) =>
      add({kind: 'other', path: entry.path, means: meanings[entry.type] ?? `of the kind ${entry.type}`}),
    );
    parser.on('error', (error) => {
      const message = error instanceof Error ? error.message : String(error);
      const begins = entries.length > 0 || !/Unrecognized archive format|checksum failure/.test(message);
      resolve(fail(begins ? `it is damaged (${message}).` : noArchive));
    });
    parser.on('end', () => resolve(entries.length === 0 ? fail(noArchive) : ok(entries)));
    parser.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

const meanings: Readonly<Record<string, string>> = {
  CharacterDevice: 'a device',
  BlockDevice: 'a device',
  FIFO: 'a pipe',
};
