// SPDX-License-Identifier: BSD-3-Clause

/** An entry of a tarball for tests, which may say anything. A path that ends in a slash is a folder's. */
export interface TarballEntry {
  readonly path: string;
  readonly content?: string | Uint8Array;
  /** POSIX typeflag: 0 file, 1 hard link, 2 link, 3 character device, 4 block device, 5 folder, 6 pipe. */
  readonly type?: string;
  readonly target?: string;
}

/** A tar archive (POSIX ustar) with exactly these entries; no other program would write some of them. */
export function tarball(entries: readonly TarballEntry[]): Buffer {
  const blocks: Buffer[] = [];
  for (const {path, content = '', type, target = ''} of entries) {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(path, 0, 100);
    header.write('0000644\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write(type ?? (path.endsWith('/') ? '5' : '0'), 156);
    header.write(target, 157, 100);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, body, Buffer.alloc((512 - (body.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
