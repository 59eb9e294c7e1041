// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** Bytes of an ELF64 image by its PT_LOAD headers (System V ABI, "Program Header"): in the file, and in memory (with what is zero at first). */
export function loadedBytes(path: string): {readonly file: number; readonly memory: number} {
  const elf = readFileSync(path);
  const offset = Number(elf.readBigUInt64LE(32));
  const size = elf.readUInt16LE(54);
  const count = elf.readUInt16LE(56);
  let file = 0;
  let memory = 0;
  for (let index = 0; index < count; index += 1) {
    const header = offset + index * size;
    if (elf.readUInt32LE(header) !== 1) continue;
    file += Number(elf.readBigUInt64LE(header + 32));
    memory += Number(elf.readBigUInt64LE(header + 40));
  }
  return {file, memory};
}

/** The address of a symbol, in hexadecimal. */
export function symbolAddress(path: string, name: string): string {
  const line = execFileSync('nm', [path], {encoding: 'utf8'})
    .split('\n')
    .find((text) => text.endsWith(` ${name}`));
  if (line === undefined) throw new Error(`${path} has no symbol ${name}`);
  return line.slice(0, 16);
}
