// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName} from '../base/index.ts';
import type {Action, CompileAction, GenerateAction} from './action.ts';
import {bootInterface, bootSymbols, bootTable} from './boot-table.ts';
import {compileFlags} from './compile-flags.ts';
import {driverInterfaces, driverTables, tableSymbols} from './driver-tables.ts';
import type {ImageLib} from './image-libs.ts';
import {includeFolders} from './include-folders.ts';
import type {Planning} from './plan.ts';
import {initrdInterface, initrdSymbols, rootfsAssembly} from './rootfs-assembly.ts';

/** The C files that the build writes for this image, compiled into one relocatable. */
export function planGenerated(order: readonly ImageLib[], planning: Planning): readonly Action[] {
  const {image, spec} = planning;
  const drivers = driverInterfaces(
    image,
    spec.needs.map(({name}) => name),
  );
  const boots = image.providers.has(bootInterface);
  const files = [
    ...(boots
      ? [generate('boot.c', bootTable(order, {...spec, name: spec.name.value}), 'a lib starts after what it needs')]
      : []),
    ...(drivers.length === 0 ? [] : [generate('drivers.c', driverTables(image, drivers), 'nothing registers itself')]),
  ];
  const shows = image.providers.has(initrdInterface);
  const rootfs = shows ? [rootfsCompile(planning)] : [];
  const names = [...(boots ? [bootInterface] : []), ...drivers.map(({name}) => name)];
  const compiles = [...files.map((file) => compile(file, {names, planning})), ...rootfs.map((one) => one.compile)];
  if (compiles.length === 0) return [];
  const keep = [
    ...(boots ? bootSymbols : []),
    ...(shows ? initrdSymbols : []),
    ...drivers.flatMap(({name}) => tableSymbols(name)),
  ];
  return [
    ...files,
    ...rootfs.map((one) => one.file),
    ...compiles,
    {
      kind: 'combine',
      owner: 'generated',
      inputs: compiles.map(({output}) => output),
      output: '$build/lib/generated.o',
      keep: keep.sort(),
      because: 'the tables belong to no lib',
    },
  ];
}

/** The archive of the root file system as read-only data. */
function rootfsCompile({image, rootfs}: Planning): {file: GenerateAction; compile: CompileAction} {
  const file = generate('rootfs.S', rootfsAssembly(rootfs), 'the image carries the root file system');
  return {
    file,
    compile: {
      kind: 'compile',
      owner: 'generated',
      input: file.output,
      output: '$build/obj/generated/rootfs.S.o',
      language: 'assembly',
      flags: compileFlags(image, {author: 'lib', language: 'assembly', own: []}),
      include: [],
      because: file.because,
    },
  };
}

function generate(name: string, content: string, because: string): GenerateAction {
  return {kind: 'generate', output: `$build/generated/${name}`, content, because};
}

function compile(
  file: GenerateAction,
  {names, planning}: {names: readonly InterfaceName[]; planning: Planning},
): CompileAction {
  const {image, places} = planning;
  return {
    kind: 'compile',
    owner: 'generated',
    input: file.output,
    output: file.output.replace('$build/generated/', '$build/obj/generated/').concat('.o'),
    language: 'c',
    flags: compileFlags(image, {author: 'lib', language: 'c', own: []}),
    include: includeFolders(names, {image, places}),
    because: file.because,
  };
}
