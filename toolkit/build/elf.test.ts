// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {readElf, readElfMachine} from './elf.ts';

let folder: string;
let object: Uint8Array;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kraft-elf-'));
  const input =
    'int other(void); static int mine; __attribute__((weak)) int weak; int both(void) { return other() + mine++; }';
  execFileSync('gcc', ['-c', '-x', 'c', '-O0', '-', '-o', join(folder, 'x.o')], {input});
  object = new Uint8Array(readFileSync(join(folder, 'x.o')));
});
afterAll(() => rmSync(folder, {recursive: true}));

test('reads the symbols of an object', () => {
  const elf = readElf(object);
  expect(elf).toMatchObject({kind: 'relocatable', machine: 62, segments: []});
  const symbol = (name: string) => elf?.symbols.find((one) => one.name === name);
  expect(symbol('other')).toMatchObject({binding: 'global', place: 'undefined'});
  expect(symbol('mine')).toMatchObject({binding: 'local', place: 'defined', size: 4});
  expect(symbol('weak')).toMatchObject({binding: 'weak', place: 'defined'});
  expect(symbol('both')).toMatchObject({binding: 'global', place: 'defined'});
  expect(elf?.sections).toContain('.text');
});

test('agrees with nm', () => {
  const listed = execFileSync('nm', ['-j', join(folder, 'x.o')], {encoding: 'utf8'})
    .trim()
    .split('\n')
    .sort();
  const read =
    readElf(object)
      ?.symbols.map(({name}) => name)
      .filter((name) => name !== '' && name !== '<stdin>' && !name.endsWith('.c')) ?? [];
  expect(read.filter((name) => listed.includes(name)).sort()).toEqual(listed);
});

test('a file that is cut short anywhere is refused, or read as far as it says; never a crash', () => {
  for (let length = 0; length < object.length; length++) expect(() => readElf(object.slice(0, length))).not.toThrow();
  expect(readElf(object.slice(0, object.length - 64))).toBeUndefined();
});

test('damaged bytes are no crash', () => {
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  for (let round = 0; round < 2000; round++) {
    const damaged = object.slice();
    for (let bytes = 0; bytes < 4; bytes++) damaged[random(round % 2 === 0 ? 64 : damaged.length)] = random(256);
    expect(() => readElf(damaged)).not.toThrow();
  }
});

test('what is no 64-bit ELF file is none, but may say its machine', () => {
  expect(readElf(new TextEncoder().encode('#!/bin/sh\n'.repeat(20)))).toBeUndefined();
  const thirtyTwo = object.slice();
  thirtyTwo[4] = 1;
  expect(readElf(thirtyTwo)).toBeUndefined();
  expect(readElfMachine(thirtyTwo)).toBe(62);
  expect(readElfMachine(new Uint8Array(10))).toBeUndefined();
});
