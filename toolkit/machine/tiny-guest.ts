// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {libName} from '../base/index.ts';
import {type Host, HostError} from '../host/index.ts';
import type {ImageFacts} from '../plan/index.ts';
import type {Image} from './image.ts';

/** Facts of an image for tests: two real machines, and whatever a test wants to differ. */
export function imageFacts(differs: Partial<ImageFacts> = {}): ImageFacts {
  return {
    format: 1,
    name: 'tiny',
    platform: libName('pc'),
    arch: libName('x86_64'),
    image: 'tiny.elf',
    debug: 'tiny.debug.elf',
    entry: 0x10000,
    loaded: 4096,
    segments: [{name: 'text', address: 0x10000, fileSize: 4096, memorySize: 4096, access: 'r-x'}],
    shares: [],
    systemCalls: [],
    machines: [
      {name: 'small', means: 'Few devices.', qemu: 'microvm,acpi=off', arguments: [], virtio: 'device'},
      {name: 'large', means: 'Many.', qemu: 'q35,smm=off', arguments: ['-bios', 'qboot.rom'], virtio: 'pci'},
      {name: 'old', means: 'A PC.', qemu: 'pc', arguments: ['-bios', 'qboot.rom'], virtio: 'pci'},
    ],
    defaultMachine: 'small',
    qemu: 'qemu-system-x86_64',
    cmd: [],
    drives: [],
    ...differs,
  };
}

/** A guest of a few instructions in 32-bit assembly, entered at `start`, as an image in a folder. */
export async function tinyGuest(
  host: Host,
  {
    folder,
    code,
    differs,
  }: {
    readonly folder: string;
    readonly code: string;
    readonly differs?: Partial<ImageFacts>;
  },
): Promise<Image> {
  const facts = imageFacts(differs);
  const at = (name: string): string => join(folder, name);
  await host.writeFile(at('guest.S'), `${note}${code}\n`);
  await host.writeFile(at('guest.ld'), script);
  await run(host, 'gcc', ['-g', '-c', at('guest.S'), '-o', at('guest.o')]);
  await run(host, 'ld', [
    '-n',
    '-T',
    at('guest.ld'),
    '-z',
    'noexecstack',
    '--no-warn-rwx-segments',
    at('guest.o'),
    '-o',
    at(facts.debug),
  ]);
  await run(host, 'strip', [at(facts.debug), '-o', at(facts.image)]);
  await host.writeFile(at('image.json'), JSON.stringify(facts));
  return {facts, path: at(facts.image), debugPath: at(facts.debug)};
}

/** Writes a text to the UART, a byte at a time. */
export function say(text: string): string {
  return [...Buffer.from(text)].map((byte) => `movw $0x3f8, %dx; movb $${byte}, %al; outb %al, %dx`).join('\n');
}

/** Ends the machine with a value for isa-debug-exit. */
export function leave(value: number): string {
  return `movw $0xf4, %dx; movl $${value}, %eax; outl %eax, %dx`;
}

const note = `.section .note.pvh,"a",@note
.long 4, 4, 18
.asciz "Xen"
.long start
.text
.code32
.globl start
start:
`;

const script = `ENTRY(start)
PHDRS { text PT_LOAD FLAGS(7); note PT_NOTE FLAGS(4); }
SECTIONS {
  . = 0x10000;
  .text : { *(.text) *(.data) } :text
  .note.pvh : { *(.note.pvh) } :text :note
  /DISCARD/ : { *(.note.gnu*) }
}
`;

async function run(host: Host, program: string, args: readonly string[]): Promise<void> {
  const result = await host.run(program, args);
  if (result === 'not-found' || result.exitCode !== 0) {
    throw new HostError(`${program}: ${result === 'not-found' ? 'missing' : result.stderr}`, 'TEST', program);
  }
}
