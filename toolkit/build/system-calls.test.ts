// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {systemCalls} from './system-calls.ts';

const map = `Discarded input sections

 .text.kr_syscall_fork
                0x0000000000000000       0x50 lib/calls.o

Linker script and memory map

.text           0x0000000000400000       0x9d
 .text.kr_syscall_write
                0x0000000000400000       0x15 lib/files.o
 .text.kr_syscall_read
                0x0000000000400015        0xb lib/files.o
 .text.kr_syscall_read.part.0
                0x0000000000400020        0xb lib/files.o
 .text.kr_syscall_getpid
                0x0000000000400030        0x6 lib/calls.o
 .text.kr_voice 0x0000000000400040       0x43 lib/voice.o
`;

test('tells the calls that were linked, by owner and in order', () => {
  expect(systemCalls(map)).toEqual([
    {owner: 'calls', names: ['getpid']},
    {owner: 'files', names: ['read', 'write']},
  ]);
});

test('an image without a C library has none', () => {
  expect(systemCalls('')).toEqual([]);
});
