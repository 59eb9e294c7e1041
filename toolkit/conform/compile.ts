// SPDX-License-Identifier: BSD-3-Clause

import {languageOf} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import type {Host} from '../host/index.ts';
import {optionsHeader} from '../plan/index.ts';
import {compileRust} from './compile-rust.ts';
import {Refused} from './refused.ts';
import {type Compiler, cxxFolder, headerFlags, type Settings, type Workbench} from './workbench.ts';

/** A file of a program, and the lib whose inside it sees. */
export interface Unit {
  readonly file: string;
  readonly lib?: Lib;
  readonly settings?: Settings;
  readonly flags?: readonly string[];
  /** Whose it is: what others wrote is not held to our warnings. */
  readonly author?: 'third-party';
}

export const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];

const warnings = [
  ...['all', 'extra', 'shadow', 'pointer-arith', 'cast-qual', 'write-strings', 'strict-prototypes'],
  ...['missing-prototypes', 'undef', 'vla', 'error'],
].map((name) => `-W${name}`);
const onlyOfC = ['-Wstrict-prototypes', '-Wmissing-prototypes'];

/** In C++, what an image has no room for; and no check of types that need not be there at run time. */
const cxx = ['-std=gnu++20', '-fno-exceptions', '-fno-rtti', '-fno-sanitize=vptr'];
const cxxCompilers: Readonly<Record<Compiler, readonly [program: string, ...flags: string[]]>> = {
  gcc: ['g++', ...cxx],
  clang: ['clang++', ...cxx, '-fno-sanitize=function'],
};

export async function callCompiler(host: Host, program: string, args: readonly string[]): Promise<void> {
  const ended = await host.run(program, args);
  const debian = program === 'clang++' ? 'clang' : program;
  if (ended === 'not-found') throw new Refused(`${program} is not installed. Run: sudo apt-get install ${debian}\n`);
  if (ended.exitCode === 0) return;
  if (/cannot find \S*libclang_rt/.test(ended.stderr))
    throw new Refused('clang has no libraries for its sanitizers. Run: sudo apt-get install libclang-rt-dev\n');
  throw new Refused(ended.stderr);
}

/** The object of a file; one that was made from the same before is taken again. */
export function compileUnit(bench: Workbench, unit: Unit, compiler: Compiler): Promise<string> {
  const {file, lib, settings, flags} = unit;
  const key = JSON.stringify([file, lib?.name, flags, compiler, settings]);
  const known = bench.objects.get(key);
  if (known !== undefined) return known;
  const made = compile(bench, unit, compiler);
  bench.objects.set(key, made);
  return made;
}

async function compile(bench: Workbench, unit: Unit, compiler: Compiler): Promise<string> {
  const {file, lib, settings = {}, flags = [], author} = unit;
  const stem = `${bench.folder}/${bench.next()}`;
  if (lib !== undefined)
    await bench.host.writeFile(`${stem}/options.h`, optionsHeader({lib, chosen: {options: settings}}));
  if (lib !== undefined && languageOf(file) === 'rust') return compileRust(bench, {file, lib, settings, stem});
  const own = lib === undefined ? [] : [`-I${stem}`, `-I${lib.folder}/src`];
  const object = `${stem}.o`;
  const strict = author === 'third-party' ? ['-w'] : warnings;
  const isCxx = languageOf(file) === 'c++';
  const headers = [...(isCxx ? [`-I${await cxxFolder(bench)}`] : []), ...headerFlags(bench)];
  const all = ['-O1', '-g', ...sanitizers, ...strict, ...flags, ...own, ...headers];
  const [program, ...standard] = isCxx ? cxxCompilers[compiler] : [compiler, '-std=gnu17'];
  const args = [...all.filter((flag) => !isCxx || !onlyOfC.includes(flag)), ...standard];
  await callCompiler(bench.host, program, [...args, '-c', file, '-o', object]);
  return object;
}
