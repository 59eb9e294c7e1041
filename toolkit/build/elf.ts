// SPDX-License-Identifier: BSD-3-Clause

/** A symbol of an ELF file. */
export interface ElfSymbol {
  readonly name: string;
  readonly binding: 'local' | 'global' | 'weak' | 'other';
  readonly place: 'undefined' | 'common' | 'defined';
  readonly value: number;
  readonly size: number;
}

/** A program header of type PT_LOAD. */
export interface ElfSegment {
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly access: string;
}

/** What the toolkit reads of a 64-bit ELF file. */
export interface Elf {
  readonly kind: 'relocatable' | 'executable' | 'other';
  /** e_machine. */
  readonly machine: number;
  readonly entry: number;
  readonly segments: readonly ElfSegment[];
  readonly symbols: readonly ElfSymbol[];
  /** Names of the sections, in the file's order. */
  readonly sections: readonly string[];
}

/**
 * Reads a 64-bit little-endian ELF file (System V ABI, chapters 4 and 5). Undefined where the bytes are none, or
 * are cut short.
 */
export function readElf(bytes: Uint8Array): Elf | undefined {
  if (bytes.length < 64 || !begins(bytes, [...magic, 2, 1])) return undefined; // ELFCLASS64, ELFDATA2LSB
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const sections = readSections(view);
    const names = textAt(bytes, sections[view.getUint16(62, true)]);
    return {
      kind: fileKinds[view.getUint16(16, true)] ?? 'other',
      machine: view.getUint16(18, true),
      entry: word(view, 24),
      segments: segments(view),
      symbols: symbols(view, {bytes, sections}),
      sections: sections.map(({name}) => nameAt(names, name)),
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const fileKinds: Readonly<Record<number, Elf['kind']>> = {1: 'relocatable', 2: 'executable'};
const bindings: Readonly<Record<number, ElfSymbol['binding']>> = {0: 'local', 1: 'global', 2: 'weak'};

/** e_machine of any little-endian ELF file, 32-bit ones included. */
export function readElfMachine(bytes: Uint8Array): number | undefined {
  if (bytes.length < 20 || !begins(bytes, magic) || bytes[5] !== 1) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint16(18, true);
}

const magic = [0x7f, 0x45, 0x4c, 0x46];

function begins(bytes: Uint8Array, expected: readonly number[]): boolean {
  return expected.every((byte, index) => bytes[index] === byte);
}

function segments(view: DataView): readonly ElfSegment[] {
  const start = word(view, 32);
  const size = view.getUint16(54, true);
  const loaded: ElfSegment[] = [];
  for (let index = 0; index < view.getUint16(56, true); index++) {
    const at = start + index * size;
    if (view.getUint32(at, true) !== 1) continue; // PT_LOAD
    const flags = view.getUint32(at + 4, true);
    const access = `${flags & 4 ? 'r' : '-'}${flags & 2 ? 'w' : '-'}${flags & 1 ? 'x' : '-'}`;
    loaded.push({address: word(view, at + 16), fileSize: word(view, at + 32), memorySize: word(view, at + 40), access});
  }
  return loaded;
}

interface Section {
  /** Where in the section names. */
  readonly name: number;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

function symbols(
  view: DataView,
  {bytes, sections}: {bytes: Uint8Array; sections: readonly Section[]},
): readonly ElfSymbol[] {
  const table = sections.find(({type}) => type === 2); // SHT_SYMTAB
  if (table === undefined) return [];
  const names = textAt(bytes, sections[table.link]);
  const found: ElfSymbol[] = [];
  for (let at = table.offset + 24; at + 24 <= table.offset + table.size; at += 24) {
    found.push({
      name: nameAt(names, view.getUint32(at, true)),
      binding: bindings[view.getUint8(at + 4) >> 4] ?? 'other',
      place: placeOf(view.getUint16(at + 6, true)),
      value: word(view, at + 8),
      size: word(view, at + 16),
    });
  }
  return found;
}

/** A string table as one text. */
function textAt(bytes: Uint8Array, section: Section | undefined): string {
  if (section === undefined) return '';
  if (section.offset + section.size > bytes.length) throw new RangeError('cut short');
  return new TextDecoder('latin1').decode(bytes.subarray(section.offset, section.offset + section.size));
}

function nameAt(names: string, at: number): string {
  return names.slice(at, names.indexOf('\0', at));
}

function readSections(view: DataView): readonly Section[] {
  const start = word(view, 40);
  const size = view.getUint16(58, true);
  return Array.from({length: view.getUint16(60, true)}, (_, index) => {
    const at = start + index * size;
    return {
      name: view.getUint32(at, true),
      type: view.getUint32(at + 4, true),
      offset: word(view, at + 24),
      size: word(view, at + 32),
      link: view.getUint32(at + 40, true),
    };
  });
}

/** SHN_UNDEF, SHN_COMMON; anything else is a place in the file, or an absolute value. */
function placeOf(section: number): ElfSymbol['place'] {
  if (section === 0) return 'undefined';
  return section === 0xfff2 ? 'common' : 'defined';
}

/** Sizes and addresses fit a double; one that does not is as good as a file cut short. */
function word(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
