// SPDX-License-Identifier: BSD-3-Clause

import type {Location} from '../../base/index.ts';
import type {Declaration, Member, RecordLayout, Surface} from '../surface.ts';
import {attribute, tag} from './constants.ts';
import {type Entry, numberOf, referredBy, textOf, type Unit} from './read-dwarf.ts';
import {namesItself, recordName, spellType} from './spell-type.ts';

export interface Reader {
  /** Where a declaration stands, if the file is one of those that are looked at; 'elsewhere' if it is not. */
  readonly locate: (file: string, line: number, word: string) => Location | 'elsewhere';
  /** What stands before the name of a variable that was made to point at a symbol: its type is the symbol's. */
  readonly probe: string;
}

/** What the units declare. Types count where they are declared in the files that are looked at. */
export function surfaceOf(units: readonly Unit[], reader: Reader): Omit<Surface, 'macros'> {
  const functions = new Map<string, Declaration>();
  const variables = new Map<string, Declaration>();
  const records = new Map<string, RecordLayout>();
  const constants = new Map<string, {value: string; at?: Location}>();
  const typedefs = new Map<string, Declaration>();
  for (const unit of units) {
    for (const entry of unit.top) {
      if (entry.tag === tag.variable) readProbe(entry);
      if (entry.tag === tag.structure || entry.tag === tag.union) readRecord(entry, recordName(entry));
      if (entry.tag === tag.enumeration) readConstants(entry);
      if (entry.tag === tag.typedef) readTypedef(entry);
    }
  }
  return {functions, variables, records, constants, typedefs};

  function readProbe(entry: Entry): void {
    const name = textOf(entry, attribute.name) ?? '';
    const type = referredBy(entry, attribute.type);
    if (!name.startsWith(reader.probe) || type === undefined) return;
    const symbol = name.slice(reader.probe.length);
    const target = referredBy(type, attribute.type);
    (target?.tag === tag.subroutine ? functions : variables).set(symbol, declared(target, symbol));
  }

  function readRecord(entry: Entry, name: string | undefined): void {
    if (name === undefined || numberOf(entry, attribute.declaration) === 1) return;
    const at = placeOf(entry, name);
    if (at === 'elsewhere') return;
    records.set(name, {
      size: numberOf(entry, attribute.byteSize) ?? 0,
      members: membersOf(entry, 0),
      ...(at !== undefined && {at}),
    });
  }

  function readConstants(entry: Entry): void {
    for (const child of entry.children) {
      const name = textOf(child, attribute.name);
      const value = child.attributes.get(attribute.constValue);
      if (child.tag !== tag.enumerator || name === undefined || value?.kind !== 'number') continue;
      const at = placeOf(entry, name);
      if (at === 'elsewhere') continue;
      constants.set(name, {value: String(value.value), ...(at !== undefined && {at})});
    }
  }

  function readTypedef(entry: Entry): void {
    const name = textOf(entry, attribute.name) ?? '';
    const at = placeOf(entry, name);
    if (at === 'elsewhere') return;
    const type = referredBy(entry, attribute.type);
    if (type !== undefined && namesItself(type) && type.tag !== tag.enumeration) readRecord(type, name);
    else typedefs.set(name, {...declared(type, ''), ...(at !== undefined && {at})});
  }

  function placeOf(entry: Entry, word: string): Location | 'elsewhere' | undefined {
    const file = numberOf(entry, attribute.declFile);
    const line = numberOf(entry, attribute.declLine);
    const path = file === undefined ? undefined : entry.unit.files[file];
    if (path === undefined || line === undefined) return 'elsewhere';
    return reader.locate(path, line, word.replace(/^(?:struct|union|enum) /, ''));
  }

  /** Members of a member without a name count as the record's own: that is how they are written. */
  function membersOf(record: Entry, base: number): readonly Member[] {
    return record.children.flatMap((child) => {
      if (child.tag !== tag.member) return [];
      const type = referredBy(child, attribute.type);
      const name = textOf(child, attribute.name);
      const offset = base + offsetOf(child);
      if (name === undefined && type !== undefined) return membersOf(type, offset);
      const at = placeOf(child, name ?? '');
      const width = numberOf(child, attribute.bitSize);
      return [
        {
          name: name ?? '',
          offset,
          ...declared(type, name ?? ''),
          ...(width !== undefined && {width}),
          ...(at !== 'elsewhere' && at !== undefined && {at}),
        },
      ];
    });
  }
}

function declared(type: Entry | undefined, name: string): Declaration {
  return {text: spellType(type, name, 'written'), canonical: spellType(type, name, 'resolved')};
}

/** Bits from the beginning. DWARF 4 counts a bit-field from the top of its storage unit (DWARF 4, 5.5.6). */
function offsetOf(member: Entry): number {
  const bytes = numberOf(member, attribute.memberLocation) ?? 0;
  const fromTop = numberOf(member, attribute.bitOffset);
  if (fromTop !== undefined) {
    const storage = numberOf(member, attribute.byteSize) ?? 0;
    return (bytes + storage) * 8 - fromTop - (numberOf(member, attribute.bitSize) ?? 0);
  }
  return numberOf(member, attribute.dataBitOffset) ?? bytes * 8;
}
