// SPDX-License-Identifier: BSD-3-Clause

import type {ElfSection} from '../../build/index.ts';
import {form} from './constants.ts';
import {Cursor} from './cursor.ts';

/** The shape that entries share: their tag, and the attributes that each has, in order. */
export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly {readonly name: number; readonly form: number; readonly implicit: bigint}[];
}

/** A table of .debug_abbrev by code (DWARF 5, 7.5.3). */
export function readAbbreviations(section: ElfSection, at: number): ReadonlyMap<number, Abbreviation> {
  const cursor = new Cursor(section, at);
  const table = new Map<number, Abbreviation>();
  for (let code = cursor.count(); code !== 0; code = cursor.count()) {
    const tag = cursor.count();
    const hasChildren = cursor.u8() === 1;
    const attributes: Abbreviation['attributes'][number][] = [];
    for (;;) {
      const name = cursor.count();
      const coded = cursor.count();
      if (name === 0 && coded === 0) break;
      attributes.push({name, form: coded, implicit: coded === form.implicitConst ? cursor.sleb() : 0n});
    }
    table.set(code, {tag, hasChildren, attributes});
  }
  return table;
}
