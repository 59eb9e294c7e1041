// SPDX-License-Identifier: BSD-3-Clause

import type {Location} from '../base/index.ts';

/** A C declaration: as a reader writes it, and with every typedef resolved, so that equal types are equal texts. */
export interface Declaration {
  readonly text: string;
  readonly canonical: string;
  readonly at?: Location;
}

/** A member of a struct or union. Bits. */
export interface Member extends Declaration {
  readonly name: string;
  readonly offset: number;
  /** Of a bit-field. */
  readonly width?: number;
}

/** A struct or union that is defined, and not only named. */
export interface RecordLayout {
  /** Bytes. */
  readonly size: number;
  readonly members: readonly Member[];
  readonly at?: Location;
}

/** `#define`: with parameters, a macro that is called. */
export interface Macro {
  readonly parameters?: string;
  readonly value: string;
  readonly at?: Location;
}

/** Everything that somebody who includes a set of headers can write down, by name. */
export interface Surface {
  readonly functions: ReadonlyMap<string, Declaration>;
  readonly variables: ReadonlyMap<string, Declaration>;
  /** By `struct x`, `union x`, or the typedef's name. */
  readonly records: ReadonlyMap<string, RecordLayout>;
  readonly constants: ReadonlyMap<string, {readonly value: string; readonly at?: Location}>;
  readonly typedefs: ReadonlyMap<string, Declaration>;
  readonly macros: ReadonlyMap<string, Macro>;
}
