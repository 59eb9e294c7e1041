// SPDX-License-Identifier: BSD-3-Clause

/** A section's bytes, and what relocations say should stand at places in it: offset → value. */
export interface ElfSection {
  readonly bytes: Uint8Array;
  readonly relocations: ReadonlyMap<number, number>;
}

/**
 * The sections of a 64-bit little-endian ELF file by name, relocated as if each began at address 0: what a reader of
 * debug information needs. Relocations are taken from SHT_RELA as S + A, whatever their type, so they hold where a
 * whole word is read (System V ABI, chapter 4). Undefined where the bytes are no such file, or are cut short.
 */
export function readSections(bytes: Uint8Array): ReadonlyMap<string, ElfSection> | undefined {
  const magic = [0x7f, 0x45, 0x4c, 0x46, 2, 1]; // ELFCLASS64, ELFDATA2LSB
  if (bytes.length < 64 || !magic.every((byte, index) => bytes[index] === byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const headers = headersOf(view);
    const names = headers[view.getUint16(62, true)];
    const sections = new Map<string, ElfSection>();
    for (const [index, header] of headers.entries()) {
      const name = names === undefined ? '' : cString(bytes, names.offset + header.name);
      const content = header.type === noBits ? new Uint8Array() : slice(bytes, header);
      sections.set(name, {bytes: content, relocations: relocationsOf(index, {view, headers})});
    }
    return sections;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const noBits = 8; // SHT_NOBITS
const rela = 4; // SHT_RELA

interface Header {
  readonly name: number;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
}

function headersOf(view: DataView): readonly Header[] {
  const start = Number(view.getBigUint64(40, true));
  const size = view.getUint16(58, true);
  return Array.from({length: view.getUint16(60, true)}, (_, index) => {
    const at = start + index * size;
    return {
      name: view.getUint32(at, true),
      type: view.getUint32(at + 4, true),
      offset: Number(view.getBigUint64(at + 24, true)),
      size: Number(view.getBigUint64(at + 32, true)),
      link: view.getUint32(at + 40, true),
      info: view.getUint32(at + 44, true),
    };
  });
}

function relocationsOf(
  target: number,
  {view, headers}: {readonly view: DataView; readonly headers: readonly Header[]},
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const {offset, size, link, type, info} of headers) {
    const symbols = headers[link];
    if (type !== rela || info !== target || symbols === undefined) continue;
    for (let at = offset; at + 24 <= offset + size; at += 24) {
      const symbol = symbols.offset + view.getUint32(at + 12, true) * 24;
      const value = view.getBigUint64(symbol + 8, true) + view.getBigInt64(at + 16, true);
      found.set(Number(view.getBigUint64(at, true)), Number(value));
    }
  }
  return found;
}

function slice(bytes: Uint8Array, {offset, size}: Header): Uint8Array {
  if (offset + size > bytes.length) throw new RangeError('cut short');
  return bytes.subarray(offset, offset + size);
}

function cString(bytes: Uint8Array, at: number): string {
  const end = bytes.indexOf(0, at);
  if (end === -1) throw new RangeError('cut short');
  return Buffer.from(bytes.subarray(at, end)).toString('latin1');
}
