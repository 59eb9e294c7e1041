// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {fail, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';

const mostBytes = 64 * 1024 * 1024;
/** What a build or a version control leaves in a folder. */
const leftBehind = /^(?:\..*|node_modules|.*\.(?:o|a|so|obj|lib|exe|dll|lo|la))$/;

/**
 * A folder as a tar archive (POSIX ustar) that is the same wherever and whenever it is made: sorted, times and owners 0.
 * Hidden files and what compilers wrote are left out; links are followed.
 */
export async function packFolder(host: Host, folder: string): Promise<Result<Uint8Array>> {
  const files = await filesBelow(host, folder, '');
  if (files.length === 0)
    return fail([{severity: 'error', message: `The folder ${folder} has no file that could be imported.`}]);
  const blocks: Uint8Array[] = [];
  let size = 0;
  for (const file of files) {
    const bytes = await host.readBytes(join(folder, file));
    if (bytes === undefined) continue;
    size += bytes.length;
    if (size > mostBytes) {
      const message = `The folder ${folder} has more than ${mostBytes / 1024 / 1024} MiB.`;
      return fail([{severity: 'error', message, help: 'Name the folder of the library alone.'}]);
    }
    const header = headerOf(file, bytes.length);
    if (header === undefined)
      return fail([{severity: 'error', message: `The path ${file} is too long for an archive.`}]);
    blocks.push(header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512));
  }
  return ok(Buffer.concat([...blocks, new Uint8Array(1024)]));
}

async function filesBelow(host: Host, folder: string, under: string): Promise<readonly string[]> {
  if (under.split('/').length > 16) return [];
  const names = (await host.list(join(folder, under))) ?? [];
  const found: string[] = [];
  for (const name of names) {
    if (leftBehind.test(name)) continue;
    const path = under === '' ? name : `${under}/${name}`;
    const facts = await host.facts((await host.realPath(join(folder, path))) ?? join(folder, path));
    if (facts?.kind === 'file') found.push(path);
    if (facts?.kind === 'folder') found.push(...(await filesBelow(host, folder, path)));
  }
  return found;
}

/** A name of more than 100 bytes is divided at a slash. */
function headerOf(path: string, size: number): Uint8Array | undefined {
  const [prefix, name] = divide(path);
  if (name === undefined) return undefined;
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function divide(path: string): readonly [string, string | undefined] {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return [prefix, name];
  }
  return ['', undefined];
}
