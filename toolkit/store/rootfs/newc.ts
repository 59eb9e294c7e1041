// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../../base/index.ts';
import type {RootEntry} from './root-entry.ts';

const trailer = 'TRAILER!!!';
const headerLength = 110;

/**
 * A cpio archive of the format newc (Linux, buffer-format.rst): in the order of the paths' bytes, so that a folder
 * comes before what is in it, with times and owners of 0. Equal entries make equal bytes.
 */
export function writeNewc(entries: readonly RootEntry[]): Uint8Array {
  const sorted = [...entries].sort((one, other) => Buffer.compare(Buffer.from(one.path), Buffer.from(other.path)));
  const parts = sorted.flatMap((entry, index) => record(entry, index + 1));
  return Buffer.concat([...parts, ...record({path: trailer, mode: 0, content: new Uint8Array()}, 0)]);
}

function record({path, mode, content}: RootEntry, inode: number): readonly Uint8Array[] {
  const name = Buffer.from(`${path}\0`);
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return [Buffer.from(header), name, padding(headerLength + name.length), content, padding(content.length)];
}

function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4);
}

/** The entries of such an archive, of files with several names each with the content. */
export function readNewc(bytes: Uint8Array): Result<readonly RootEntry[], string> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: (RootEntry & {readonly file: string})[] = [];
  for (let at = 0; ; ) {
    const fields = fieldsAt(archive, at);
    if (fields === undefined) return fail('it is damaged.');
    const {mode, size, nameLength, file} = fields;
    const begin = aligned(at + headerLength + nameLength);
    if (nameLength < 1 || begin + size > archive.length) return fail('it is damaged.');
    const path = archive.toString('utf8', at + headerLength, at + headerLength + nameLength - 1);
    if (path === trailer) break;
    entries.push({path, mode, content: archive.subarray(begin, begin + size), file});
    at = aligned(begin + size);
  }
  const contents = new Map(entries.filter(({content}) => content.length > 0).map((one) => [one.file, one.content]));
  return ok(entries.map(({path, mode, content, file}) => ({path, mode, content: contents.get(file) ?? content})));
}

function fieldsAt(archive: Buffer, at: number) {
  const header = archive.toString('latin1', at, at + headerLength);
  if (!/^07070[12][0-9A-Fa-f]{104}$/.test(header)) return undefined;
  const field = (index: number): number => Number.parseInt(header.slice(6 + 8 * index, 14 + 8 * index), 16);
  const several = field(4) > 1 && (field(1) & 0o170000) === 0o100000;
  const file = several ? `${field(7)}:${field(8)}:${field(0)}` : `at ${at}`;
  return {mode: field(1), size: field(6), nameLength: field(11), file};
}

function aligned(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}
