// SPDX-License-Identifier: BSD-3-Clause

import type {ElfSection} from '../../build/index.ts';
import {attribute} from './constants.ts';
import {Cursor} from './cursor.ts';
import {readAbbreviations} from './read-abbreviations.ts';
import {readFileNames} from './read-file-names.ts';
import {type Reading, readValue, type Value} from './read-value.ts';

/** An entry of debug information: a type, a member, a variable. */
export interface Entry {
  readonly tag: number;
  readonly attributes: ReadonlyMap<number, Value>;
  readonly children: readonly Entry[];
  readonly unit: Unit;
}

/** One translation unit. */
export interface Unit {
  /** What is declared outside of everything else. */
  readonly top: readonly Entry[];
  /** By place in .debug_info. */
  readonly at: ReadonlyMap<number, Entry>;
  /** By the numbers that DW_AT_decl_file has: the path as the compiler was given it. */
  readonly files: readonly string[];
  /** A text of the unit's own table. */
  readonly text: (index: number) => string;
}

export type Sections = ReadonlyMap<string, ElfSection>;

/**
 * The debug information of an object, as gcc and clang write it: .debug_info of DWARF 4 and 5 (DWARF 5, section 7.5).
 * Undefined where there is none, or it cannot be read.
 */
export function readDwarf(sections: Sections): readonly Unit[] | undefined {
  const info = sections.get('.debug_info');
  const abbreviations = sections.get('.debug_abbrev');
  if (info === undefined || abbreviations === undefined) return undefined;
  try {
    const units: Unit[] = [];
    const cursor = new Cursor(info);
    while (cursor.at < cursor.length) units.push(readUnit(cursor, {sections, abbreviations}));
    return units;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readUnit(
  cursor: Cursor,
  {sections, abbreviations}: {readonly sections: Sections; readonly abbreviations: ElfSection},
): Unit {
  const unit = cursor.at;
  const first = cursor.u32();
  const offsetSize = first === 0xffffffff ? 8 : 4;
  const length = offsetSize === 8 ? Number(cursor.u64()) : first;
  const end = cursor.at + length;
  const version = cursor.u16();
  if (version < 4 || version > 5) throw new RangeError(`DWARF ${version}`);
  const offset = (): number => (offsetSize === 8 ? Number(cursor.u64()) : cursor.u32());
  const unitType = version === 5 ? cursor.u8() : 1; // DW_UT_compile
  const addressSize = version === 5 ? cursor.u8() : 0;
  const table = offset();
  const reading = {unit, offsetSize, addressSize: version === 5 ? addressSize : cursor.u8()};
  if (unitType !== 1) throw new RangeError(`unit of type ${unitType}`);

  const text: Reading['text'] = (section, at) => textIn(sections, section, at);
  const shapes = readAbbreviations(abbreviations, table);
  const at = new Map<number, Entry>();
  const files: string[] = [];
  const top: Entry[] = [];
  const state = {base: 0};
  const whole: Unit = {top, at, files, text: (index) => indexed(index, {sections, offsetSize, base: state.base})};

  const siblings = (): readonly Entry[] => {
    const found: Entry[] = [];
    while (cursor.at < end) {
      const place = cursor.at;
      const code = cursor.count();
      if (code === 0) break;
      const shape = shapes.get(code);
      if (shape === undefined) throw new RangeError(`abbreviation ${code}`);
      const attributes = new Map<number, Value>();
      for (const one of shape.attributes)
        attributes.set(one.name, readValue(one.form, cursor, {...reading, implicit: one.implicit, text}));
      const entry = {tag: shape.tag, attributes, children: shape.hasChildren ? siblings() : [], unit: whole};
      at.set(place, entry);
      found.push(entry);
    }
    return found;
  };
  const [root] = siblings();
  top.push(...(root?.children ?? []));
  state.base = numberOf(root, attribute.strOffsetsBase) ?? 0;
  files.push(...readFileNames(sections, numberOf(root, attribute.stmtList)));
  cursor.at = end;
  return whole;
}

function textIn(sections: Sections, name: string, at: number): string {
  const section = sections.get(name);
  if (section === undefined) throw new RangeError(`no ${name}`);
  return new Cursor(section, at).text();
}

/** DW_FORM_strx: the unit's row of .debug_str_offsets says where in .debug_str. */
function indexed(
  index: number,
  {sections, offsetSize, base}: {readonly sections: Sections; readonly offsetSize: number; readonly base: number},
): string {
  const offsets = sections.get('.debug_str_offsets');
  if (offsets === undefined) throw new RangeError('no .debug_str_offsets');
  const cursor = new Cursor(offsets, base + index * offsetSize);
  return textIn(sections, '.debug_str', offsetSize === 8 ? Number(cursor.u64()) : cursor.u32());
}

/** An attribute that is a number. */
export function numberOf(entry: Entry | undefined, name: number): number | undefined {
  const value = entry?.attributes.get(name);
  return value?.kind === 'number' ? Number(value.value) : undefined;
}

/** An attribute that is a text. */
export function textOf(entry: Entry, name: number): string | undefined {
  const value = entry.attributes.get(name);
  if (value?.kind === 'text') return value.value;
  return value?.kind === 'text number' ? entry.unit.text(value.value) : undefined;
}

/** The entry that an attribute refers to. */
export function referredBy(entry: Entry, name: number): Entry | undefined {
  const value = entry.attributes.get(name);
  return value?.kind === 'reference' ? entry.unit.at.get(value.value) : undefined;
}
