// SPDX-License-Identifier: BSD-3-Clause

import type {ElfSection} from '../../build/index.ts';

/** Reads a section from front to back. Whatever lies beyond its end is a RangeError. */
export class Cursor {
  readonly #view: DataView;
  readonly #relocations: ReadonlyMap<number, number>;
  at: number;

  constructor({bytes, relocations}: ElfSection, at = 0) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#relocations = relocations;
    this.at = at;
  }

  get length(): number {
    return this.#view.byteLength;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u24(): number {
    return this.u16() + this.u8() * 0x10000;
  }

  u32(): number {
    const at = this.#advance(4);
    return this.#relocations.get(at) ?? this.#view.getUint32(at, true);
  }

  u64(): bigint {
    const at = this.#advance(8);
    const relocated = this.#relocations.get(at);
    return relocated === undefined ? this.#view.getBigUint64(at, true) : BigInt(relocated);
  }

  /** An unsigned LEB128 (DWARF 5, 7.6). */
  uleb(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value;
    }
  }

  /** A signed LEB128. */
  sleb(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return (byte & 0x40) === 0 ? value : value - (1n << (shift + 7n));
    }
  }

  /** As uleb, where a count or an offset is meant. */
  count(): number {
    return Number(this.uleb());
  }

  /** Up to the zero byte. */
  text(): string {
    const bytes: number[] = [];
    for (let byte = this.u8(); byte !== 0; byte = this.u8()) bytes.push(byte);
    return Buffer.from(bytes).toString();
  }

  skip(count: number): void {
    this.#advance(count);
  }

  #advance(count: number): number {
    const {at} = this;
    if (count < 0 || at + count > this.#view.byteLength) throw new RangeError('cut short');
    this.at = at + count;
    return at;
  }
}
