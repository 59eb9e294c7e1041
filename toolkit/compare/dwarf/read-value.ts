// SPDX-License-Identifier: BSD-3-Clause

import {form} from './constants.ts';
import type {Cursor} from './cursor.ts';

/** What an attribute says: a number, a text, a place in .debug_info, or something that declarations do not need. */
export type Value =
  | {readonly kind: 'number'; readonly value: bigint}
  | {readonly kind: 'text'; readonly value: string}
  /** A text by its number in the unit's table, which may be known only after the unit's first entry. */
  | {readonly kind: 'text number'; readonly value: number}
  | {readonly kind: 'reference'; readonly value: number}
  | {readonly kind: 'other'};

export interface Reading {
  /** Where the unit's header begins: references count from there. */
  readonly unit: number;
  readonly addressSize: number;
  /** 4, or 8 in 64-bit DWARF. */
  readonly offsetSize: number;
  /** Of an abbreviation's DW_FORM_implicit_const. */
  readonly implicit: bigint;
  readonly text: (section: '.debug_str' | '.debug_line_str', at: number) => string;
}

const other: Value = {kind: 'other'};

/** An attribute's value in the given form (DWARF 5, 7.5.6). An unknown form is a RangeError: nothing after it can be read. */
export function readValue(code: number, cursor: Cursor, reading: Reading): Value {
  const {unit, addressSize, offsetSize, text} = reading;
  const offset = (): number => (offsetSize === 8 ? Number(cursor.u64()) : cursor.u32());
  const number = (value: number | bigint): Value => ({kind: 'number', value: BigInt(value)});
  const reference = (value: number): Value => ({kind: 'reference', value: unit + value});
  const skip = (count: number): Value => {
    cursor.skip(count);
    return other;
  };
  switch (code) {
    case form.data1:
    case form.flag:
      return number(cursor.u8());
    case form.data2:
      return number(cursor.u16());
    case form.data4:
      return number(cursor.u32());
    case form.data8:
      return number(cursor.u64());
    case form.udata:
      return number(cursor.uleb());
    case form.sdata:
      return number(cursor.sleb());
    case form.implicitConst:
      return number(reading.implicit);
    case form.flagPresent:
      return number(1);
    case form.secOffset:
      return number(offset());
    case form.string:
      return {kind: 'text', value: cursor.text()};
    case form.strp:
      return {kind: 'text', value: text('.debug_str', offset())};
    case form.lineStrp:
      return {kind: 'text', value: text('.debug_line_str', offset())};
    case form.strx:
      return {kind: 'text number', value: cursor.count()};
    case form.strx1:
      return {kind: 'text number', value: cursor.u8()};
    case form.strx2:
      return {kind: 'text number', value: cursor.u16()};
    case form.strx3:
      return {kind: 'text number', value: cursor.u24()};
    case form.strx4:
      return {kind: 'text number', value: cursor.u32()};
    case form.ref1:
      return reference(cursor.u8());
    case form.ref2:
      return reference(cursor.u16());
    case form.ref4:
      return reference(cursor.u32());
    case form.ref8:
      return reference(Number(cursor.u64()));
    case form.refUdata:
      return reference(cursor.count());
    case form.refAddr:
      return {kind: 'reference', value: offset()};
    case form.indirect:
      return readValue(cursor.count(), cursor, reading);
    case form.addr:
      return skip(addressSize);
    case form.addrx1:
      return skip(1);
    case form.addrx2:
      return skip(2);
    case form.addrx3:
      return skip(3);
    case form.addrx4:
      return skip(4);
    case form.refSig8:
      return skip(8);
    case form.data16:
      return skip(16);
    case form.block1:
      return skip(cursor.u8());
    case form.block2:
      return skip(cursor.u16());
    case form.block4:
      return skip(cursor.u32());
    case form.block:
    case form.exprloc:
      return skip(cursor.count());
    case form.addrx:
    case form.loclistx:
    case form.rnglistx:
      cursor.uleb();
      return other;
    default:
      throw new RangeError(`unknown form ${code}`);
  }
}
