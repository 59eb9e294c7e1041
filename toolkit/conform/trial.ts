// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {languageOf} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import {cxxRuntime, ownFiles} from '../plan/index.ts';
import {callCompiler, compileUnit, sanitizers, type Unit} from './compile.ts';
import {libUnits} from './lib-units.ts';
import {type Program, programFor} from './program.ts';
import {Refused} from './refused.ts';
import type {Suite} from './suites.ts';
import {hostedTables} from './tables.ts';
import {readTap} from './tap.ts';
import {undefinedSymbols} from './undefined-symbols.ts';
import type {Compiler, Settings, Workbench} from './workbench.ts';

/** Functions of a provider that a file replaces: by `__wrap_NAME` for each of `wraps`, as ld's --wrap has it. */
export interface Fault {
  readonly file: string;
  readonly wraps: readonly string[];
}

/** One suite, put to one provider. */
export interface Trial {
  readonly suite: Suite;
  readonly provider: Lib;
  readonly compiler: Compiler;
  /** By lib. */
  readonly settings?: Readonly<Record<string, Settings>>;
  readonly fault?: Fault;
}

/** How a program ended. What a compiler said that refused is its output, and there is no status then. */
export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Milliseconds that a suite has. */
const patience = 60_000;

/** Compiles, links and runs a suite with what it needs, under ASan and UBSan, as a program of the build machine. */
export async function runTrial(bench: Workbench, trial: Trial): Promise<Ended> {
  const {host, catalog, folder} = bench;
  const {compiler, provider, suite, fault} = trial;
  const program = await programFor(host, catalog, {provider, needs: suite.needs});
  if ('unfit' in program) return {exitCode: null, output: `${provider.name} cannot be hosted: ${program.unfit}\n`};
  const stem = join(folder, `program-${bench.next()}`);
  try {
    const units = await unitsOf(bench, {trial, program, tables: `${stem}-tables.c`});
    const objects: string[] = [];
    for (const unit of units) objects.push(await compileUnit(bench, unit, compiler));
    const wraps = (fault?.wraps ?? []).map((name) => `-Wl,--wrap=${name}`);
    await callCompiler(host, compiler, [...sanitizers, ...wraps, ...objects, '-o', stem]);
  } catch (error) {
    if (error instanceof Refused) return {exitCode: null, output: undefinedSymbols(error.message, bench, provider)};
    throw error;
  }
  const signal = AbortSignal.timeout(patience);
  const ended = await host.run(stem, [], {env: {ASAN_OPTIONS: 'detect_leaks=0:verify_asan_link_order=0'}, signal});
  if (ended === 'not-found') throw new Error(`Internal error: ${stem} is gone`);
  const output = ended.stdout + ended.stderr;
  if (ended.signal === null) return {exitCode: ended.exitCode, output};
  return {
    exitCode: null,
    output: `${output}\n${signal.aborted ? stillRunning(output) : `It was ended by ${ended.signal}.`}\n`,
  };
}

/** Which test it was that did not come to its end, by the one before it. */
function stillRunning(output: string): string {
  const before = readTap(output).cases.at(-1)?.name;
  return `It was still running after a minute, in the ${before === undefined ? 'first test' : `test after ${before}`}.`;
}

/** What the compiler itself may call, and a provider would define again under the same names. */
const builtins = ['memcpy', 'memmove', 'memset', 'memcmp'];

async function unitsOf(
  bench: Workbench,
  {trial, program, tables}: {readonly trial: Trial; readonly program: Program; readonly tables: string},
): Promise<readonly Unit[]> {
  const {provider, suite, fault, settings = {}} = trial;
  const interfaces = provider.provides.map((each) =>
    bench.catalog.interfaces.find(({name}) => name === each.interface),
  );
  const defines = interfaces.some((each) => each?.symbols.some((symbol) => builtins.includes(symbol)));
  const renames = defines ? builtins.map((name) => `-D${name}=hosted_${name}`) : [];
  await bench.host.writeFile(tables, hostedTables(program, bench.catalog));
  const chosen = (lib: Lib) => ({lib, settings: settings[lib.name] ?? {}});
  const libs = await Promise.all(
    program.libs.map(async (lib) => [
      ...(await libUnits(bench, {
        ...chosen(lib),
        files: hostedFiles(bench, lib),
        flags: lib === provider ? renames : [],
      })),
    ]),
  );
  const inside = suite.file.startsWith(join(provider.folder, 'test', '/'));
  return [
    ...libs.flat(),
    ...(await runtimes(bench, {units: libs.flat(), tables})),
    ...program.hosted.map((file) => ({file})),
    {file: tables},
    {file: suite.file, flags: ['-Dmain=suite_main', ...renames], ...(inside && chosen(provider))},
    ...(fault === undefined ? [] : [{file: fault.file}]),
  ];
}

/** What C++ calls by itself, for each lib that is written in it; the C++ library of this machine would hide what is missing. */
async function runtimes(
  {host}: Workbench,
  {units, tables}: {readonly units: readonly Unit[]; readonly tables: string},
): Promise<readonly Unit[]> {
  const libs = new Set(units.flatMap(({file, lib}) => (lib !== undefined && languageOf(file) === 'c++' ? [lib] : [])));
  return Promise.all(
    [...libs].map(async (lib) => {
      const needs = (name: string): boolean => [...lib.needs, ...lib.provides].some((each) => each.interface === name);
      const runtime = {owner: lib.name, threads: needs('sched'), ...(needs('alloc') && {heap: 'alloc' as const})};
      const file = `${tables.slice(0, -2)}-${lib.name}.c`;
      await host.writeFile(file, cxxRuntime(runtime));
      return {file};
    }),
  );
}

/** The files of a lib that count on this machine. */
function hostedFiles({host, catalog}: Workbench, lib: Lib): readonly string[] {
  const arches = catalog.libs.filter(({kind}) => kind === 'arch').map(({name}) => name);
  const arch = arches.find((name) => name === host.arch);
  const files = arch === undefined ? lib.files : ownFiles(lib.files, {arch, arches});
  return files.map((file) => join(lib.folder, file));
}
