// SPDX-License-Identifier: BSD-3-Clause

import type {Lib} from '../catalog/index.ts';
import type {Host} from '../host/index.ts';
import {optionsHeader} from '../plan/index.ts';
import {type Compiler, headerFlags, type Settings, type Workbench} from './workbench.ts';

/** A file of a program, and the lib whose inside it sees. */
export interface Unit {
  readonly file: string;
  readonly lib?: Lib;
  readonly settings?: Settings;
  readonly flags?: readonly string[];
  /** Whose it is: what others wrote is not held to our warnings. */
  readonly author?: 'third-party';
}

/** A compiler or linker refused; the message is what it said. */
export class Refused extends Error {}

export const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];

const warnings = [
  ...['all', 'extra', 'shadow', 'pointer-arith', 'cast-qual', 'write-strings', 'strict-prototypes'],
  ...['missing-prototypes', 'undef', 'vla', 'error'],
].map((name) => `-W${name}`);

export async function callCompiler(host: Host, program: string, args: readonly string[]): Promise<void> {
  const ended = await host.run(program, args);
  if (ended === 'not-found') throw new Refused(`${program} is not installed.\n`);
  if (ended.exitCode !== 0) throw new Refused(ended.stderr);
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
  const own = lib === undefined ? [] : [`-I${stem}`, `-I${lib.folder}/src`];
  const object = `${stem}.o`;
  const strict = author === 'third-party' ? ['-w'] : warnings;
  const all = ['-std=gnu17', '-O1', '-g', ...sanitizers, ...strict, ...flags, ...own, ...headerFlags(bench)];
  await callCompiler(bench.host, compiler, [...all, '-c', file, '-o', object]);
  return object;
}
