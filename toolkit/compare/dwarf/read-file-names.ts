// SPDX-License-Identifier: BSD-3-Clause

import {posix} from 'node:path';
import {Cursor} from './cursor.ts';
import type {Sections} from './read-dwarf.ts';
import {readValue} from './read-value.ts';

const path = 1; // DW_LNCT_path
const directoryIndex = 2; // DW_LNCT_directory_index

/** The files of a line table's header by number, each with its folder (DWARF 5, 6.2.4; DWARF 4, where they count from 1). */
export function readFileNames(sections: Sections, at: number | undefined): readonly string[] {
  const section = sections.get('.debug_line');
  if (section === undefined || at === undefined) return [];
  const cursor = new Cursor(section, at);
  const offsetSize = cursor.u32() === 0xffffffff ? 8 : 4;
  if (offsetSize === 8) cursor.u64();
  const version = cursor.u16();
  if (version === 5) cursor.skip(2); // address_size, segment_selector_size
  cursor.skip(offsetSize); // header_length
  cursor.skip(5); // minimum_instruction_length, maximum_operations, default_is_stmt, line_base, line_range
  cursor.skip(cursor.u8() - 1); // standard_opcode_lengths
  return version === 5 ? entriesOf5(cursor, {sections, offsetSize}) : entriesOf4(cursor);
}

interface Context {
  readonly sections: Sections;
  readonly offsetSize: number;
}

function entriesOf5(cursor: Cursor, context: Context): readonly string[] {
  const folders = table(cursor, context).map(({name}) => name);
  return table(cursor, context).map(({name, folder}) => within(folders[folder] ?? '', name));
}

function table(cursor: Cursor, {sections, offsetSize}: Context): readonly {name: string; folder: number}[] {
  const formats = Array.from({length: cursor.u8()}, () => ({content: cursor.count(), form: cursor.count()}));
  return Array.from({length: cursor.count()}, () => {
    const row = {name: '', folder: 0};
    for (const {content, form} of formats) {
      const text = (name: string, at: number): string => {
        const section = sections.get(name);
        return section === undefined ? '' : new Cursor(section, at).text();
      };
      const value = readValue(form, cursor, {unit: 0, addressSize: 8, offsetSize, implicit: 0n, text});
      if (content === path && value.kind === 'text') row.name = value.value;
      if (content === directoryIndex && value.kind === 'number') row.folder = Number(value.value);
    }
    return row;
  });
}

function entriesOf4(cursor: Cursor): readonly string[] {
  const folders = [''];
  for (let folder = cursor.text(); folder !== ''; folder = cursor.text()) folders.push(folder);
  const files = [''];
  for (let name = cursor.text(); name !== ''; name = cursor.text()) {
    files.push(within(folders[cursor.count()] ?? '', name));
    cursor.uleb(); // time
    cursor.uleb(); // size
  }
  return files;
}

function within(folder: string, name: string): string {
  return name.startsWith('/') ? posix.normalize(name) : posix.join(folder, name);
}
