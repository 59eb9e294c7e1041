// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {shares} from './link-map.ts';

const map = `Discarded input sections

 .text.unused   0x0000000000000000       0x50 lib/voice.o

Linker script and memory map

                0x0000000000400000                kr_image_start = .

.text           0x0000000000400000       0x9d
 *(.text .text.*)
 .text.main     0x0000000000400000       0x15 lib/app.o
                0x0000000000400000                main
 *fill*         0x0000000000400015        0xb 
 .text.kr_voice_say_with_a_long_name
                0x0000000000400020       0x43 lib/voice.o
                0x0000000000400020                kr_voice_say_with_a_long_name

.rodata         0x0000000000401000        0xf
 .rodata.str    0x0000000000401000        0x7 lib/app.o
                                          0x9 (size before relaxing)

.bss            0x0000000000403000        0x8
 .bss.started   0x0000000000403000        0x4 lib/voice.o
                0x0000000000403008                . = (. + 0x8)

.debug_info     0x0000000000000000      0x400
 .debug_info    0x0000000000000000      0x400 lib/app.o
`;

test('counts what each owner has in the image, largest first', () => {
  expect(shares(map)).toEqual([
    {owner: 'voice', text: 0x43, rodata: 0, data: 0, bss: 4},
    {owner: 'app', text: 0x15, rodata: 7, data: 0, bss: 0},
    {owner: 'alignment', text: 0xb, rodata: 0, data: 0, bss: 0},
  ]);
});

test('an empty map has no shares', () => {
  expect(shares('')).toEqual([]);
});
