// SPDX-License-Identifier: BSD-3-Clause

import {
  choice,
  derive,
  flag,
  integer,
  list,
  map,
  namePattern,
  optional,
  pathInside,
  quote,
  record,
  required,
  type Shape,
  sentence,
  symbolRule,
  text,
  word,
} from '../base/index.ts';
import type {Boot, Compile, MachineKind} from './lib.ts';

const flags = list(flag, 'a list of flags');
const linkFlags = list(text('a flag'), 'a list of flags');
const machineRule = {expects: 'the name of a machine', pattern: `^${namePattern}$`, make: String};

const machine = record(
  {
    means: required(sentence(), {means: 'One line for listings.', example: 'A PC without legacy devices.'}),
    qemu: optional(word({expects: 'a value for -M of QEMU', pattern: '^[A-Za-z0-9][A-Za-z0-9._,=-]*$', make: String}), {
      means: 'What QEMU calls it: the value of its `-M`.',
      example: 'microvm',
      otherwise: 'the image is a program of the host',
    }),
    arguments: optional(list(text(), 'a list of arguments'), {
      means: 'More arguments for QEMU, always given.',
      example: '[-no-acpi]',
      otherwise: 'none',
    }),
    virtio: optional(choice(['device', 'pci']), {
      means: 'How virtio devices are attached there: `device` (MMIO) or `pci`.',
      example: 'device',
      otherwise: 'no virtio devices',
    }),
  },
  {expects: 'a map that describes a machine'},
);

/** The table of `boot`, which makes a lib a platform. */
export const bootTable: Shape<Boot> = derive(
  record(
    {
      entry: required(word(symbolRule), {means: 'The symbol at which the image is entered.', example: 'shop_entry'}),
      base: required(integer([0, 2 ** 47]), {means: 'The first address of the image.', example: '0x100000'}),
      machines: required(map(machineRule, machine, 'a map of machines'), {
        means: 'The machines that its images boot on, by name.',
        example: '{microvm: {means: A PC without legacy devices., qemu: microvm, virtio: device}}',
      }),
      'default-machine': required(word(machineRule), {
        means: 'The machine that counts when nobody chooses one.',
        example: 'microvm',
      }),
      script: optional(pathInside, {
        means: 'The template of the linker script, in this folder.',
        example: 'image.ld.in',
        otherwise: 'the built-in one',
      }),
      'compile-flags': optional(flags, {
        means: 'Compiler flags for every file of the image.',
        example: '[-fno-pic]',
        otherwise: 'none',
      }),
      'link-flags': optional(linkFlags, {
        means: 'Flags for the link of the image.',
        example: '[-static]',
        otherwise: 'none',
      }),
    },
    {expects: 'a map that says how to boot'},
  ),
  (values, _at, page): Boot | undefined => {
    const machines = values.machines.value.map(
      ({name, value}): MachineKind => ({
        name: name.value,
        means: value.value.means.value,
        at: name.at,
        ...(value.value.qemu !== undefined && {qemu: value.value.qemu.value}),
        arguments: (value.value.arguments?.value ?? []).map((each) => each.value),
        ...(value.value.virtio !== undefined && {virtio: value.value.virtio.value}),
      }),
    );
    const defaultMachine = values['default-machine'];
    if (!machines.some((each) => each.name === defaultMachine.value)) {
      return page.error(defaultMachine.at, `The machine ${quote(defaultMachine.value)} is not one of the machines.`, {
        notes: [{message: 'The machines are these.', at: values.machines.at}],
      });
    }
    return {
      machines,
      defaultMachine: defaultMachine.value,
      entry: values.entry.value,
      base: values.base.value,
      ...(values.script !== undefined && {script: values.script.value}),
      compileFlags: (values['compile-flags']?.value ?? []).map((each) => each.value),
      linkFlags: (values['link-flags']?.value ?? []).map((each) => each.value),
    };
  },
);

/** The table of `compile`, which makes a lib an arch. */
export const compileTable: Shape<Compile> = derive(
  record(
    {
      triple: required(
        word({expects: 'a target triple such as cpu-linux-gnu', pattern: '^[a-z0-9_]+(?:-[a-z0-9_]+)+$', make: String}),
        {
          means: 'What clang calls it with --target; also the prefix of a cross gcc.',
          example: 'cpu-linux-gnu',
        },
      ),
      flags: optional(flags, {means: 'Compiler flags for every file.', example: '[-ffreestanding]', otherwise: 'none'}),
      'link-flags': optional(linkFlags, {
        means: 'Linker flags for every link.',
        example: '[-z, noexecstack]',
        otherwise: 'none',
      }),
      symbols: optional(list(word(symbolRule), 'a list of C symbols'), {
        means: 'Symbols that the compiler may call in any file.',
        example: '[memcpy, memset]',
        otherwise: 'none',
      }),
      rust: optional(word({expects: 'a target of rustc', pattern: '^[a-z0-9_.]+(?:-[a-z0-9_.]+)+$', make: String}), {
        means: 'What rustc calls it with --target.',
        example: 'cpu-unknown-linux-gnu',
        otherwise: 'there is no Rust for it',
      }),
      'elf-machine': required(integer([1, 65535]), {means: 'The number of the machine in ELF files.', example: '62'}),
      qemu: required(text('the name of a program'), {
        means: 'The program that is QEMU for it.',
        example: 'qemu-system-cpu',
      }),
    },
    {expects: 'a map that says how to compile'},
  ),
  (values): Compile => ({
    triple: values.triple.value,
    flags: (values.flags?.value ?? []).map((each) => each.value),
    linkFlags: (values['link-flags']?.value ?? []).map((each) => each.value),
    symbols: (values.symbols?.value ?? []).map((each) => each.value),
    ...(values.rust !== undefined && {rust: values.rust.value}),
    elfMachine: values['elf-machine'].value,
    qemu: values.qemu.value,
  }),
);
