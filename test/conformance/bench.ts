// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Catalog, Lib} from '../../toolkit/catalog/index.ts';
import {loadCatalog} from '../../toolkit/catalog/index.ts';
import {type Host, nodeHost} from '../../toolkit/host/index.ts';
import {optionsHeader, type Settings, tables} from './generate.ts';
import {programFor} from './program.ts';

export type Compiler = 'gcc' | 'clang';
export const compilers: readonly Compiler[] = ['gcc', 'clang'];

/** The repository. */
export const kit = join(import.meta.dirname, '..', '..');

/** One suite, put to one provider. */
export interface Trial {
  /** A C file, absolute. */
  readonly suite: string;
  readonly provider: string;
  readonly compiler: Compiler;
  /** By lib. */
  readonly settings?: Readonly<Record<string, Settings>>;
  /** A file that replaces functions of the provider by faulty ones: `__wrap_NAME` for each of `wraps`. */
  readonly fault?: {readonly file: string; readonly wraps: readonly string[]};
}

export interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A workbench: a catalog, and objects that were compiled before. */
export interface Bench {
  readonly host: Host;
  readonly catalog: Catalog;
  readonly folder: string;
  readonly objects: Map<string, Promise<string>>;
  /** How many were linked. */
  programs: number;
}

const warnings = [
  ...['all', 'extra', 'shadow', 'pointer-arith', 'cast-qual', 'write-strings', 'strict-prototypes'],
  ...['missing-prototypes', 'undef', 'vla', 'error'],
].map((name) => `-W${name}`);
const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];

export async function openBench(): Promise<Bench> {
  const host = nodeHost();
  const catalog = await loadCatalog(host, [{folder: kit, origin: 'bundled'}]);
  if (!catalog.ok)
    throw new Error(catalog.error.map(({message, at}) => `${at?.source.path ?? ''}: ${message}`).join('\n'));
  const folder = await host.makeTemporaryFolder('conformance-');
  return {host, catalog: catalog.value, folder, objects: new Map(), programs: 0};
}

export async function closeBench({host, folder}: Bench): Promise<void> {
  await host.remove(folder);
}

/** Interfaces whose headers a suite includes. */
export async function needsOf({host, catalog}: Bench, suite: string): Promise<readonly string[]> {
  const text = (await host.readFile(suite)) ?? '';
  const headers = new Set([...text.matchAll(/^#include <(kraft\/[^>]+)>/gm)].map((match) => match[1]));
  return catalog.interfaces.filter((each) => each.headers.some((header) => headers.has(header))).map(({name}) => name);
}

/** Compiles, links and runs. The outcome of a compiler that refuses is its message. */
export async function run(bench: Bench, trial: Trial): Promise<Outcome> {
  const {host, catalog, folder} = bench;
  const provider = libNamed(catalog, trial.provider);
  const program = programFor(catalog, provider, await needsOf(bench, trial.suite));
  if ('unfit' in program) throw new Error(`${trial.provider} cannot be hosted: ${program.unfit}`);

  const renames = provider.provides.some((each) => each.interface === 'string')
    ? ['memcpy', 'memmove', 'memset', 'memcmp'].map((name) => `-D${name}=hosted_${name}`)
    : [];
  const {compiler} = trial;
  const stem = join(folder, `program-${bench.programs++}`);
  const tablesFile = `${stem}-tables.c`;
  await host.writeFile(tablesFile, tables(program.libs, catalog.interfaces));

  const units: readonly Unit[] = [
    ...program.libs.flatMap((lib) => filesOf(lib).map((file) => ({file, lib, flags: lib === provider ? renames : []}))),
    ...program.hosted.map((file) => ({file: join(kit, 'test/conformance/hosted', file)})),
    {file: tablesFile},
    {
      file: trial.suite,
      flags: ['-Dmain=suite_main', ...renames],
      ...(trial.suite.startsWith(join(provider.folder, 'test')) && {lib: provider}), // white box
    },
    ...(trial.fault === undefined ? [] : [{file: trial.fault.file}]),
  ];
  try {
    const objects: string[] = [];
    for (const {file, lib, flags = []} of units) {
      const settings = trial.settings?.[lib?.name ?? ''] ?? {};
      objects.push(await compile(bench, {file, lib, flags, compiler, settings}));
    }
    const wraps = (trial.fault?.wraps ?? []).map((name) => `-Wl,--wrap=${name}`);
    await call(host, compiler, [...sanitizers, ...wraps, ...objects, '-o', stem]);
    const ended = await host.run(stem, [], {
      env: {ASAN_OPTIONS: 'detect_leaks=0:verify_asan_link_order=0'},
      signal: AbortSignal.timeout(60_000),
    });
    if (ended === 'not-found') throw new Error(`Internal error: ${stem} is gone`);
    const cut = ended.signal === null ? '' : `\nended by ${ended.signal}, after a minute at most\n`;
    return {exitCode: ended.exitCode, output: ended.stdout + ended.stderr + cut};
  } catch (error) {
    if (error instanceof Refused) return {exitCode: null, output: error.message};
    throw error;
  }
}

export function libNamed(catalog: Catalog, name: string): Lib {
  const lib = catalog.libs.find((each) => each.name === name);
  if (lib === undefined) throw new Error(`There is no lib ${name}`);
  return lib;
}

/** The files of a lib that count on this machine. */
function filesOf(lib: Lib): readonly string[] {
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  return lib.files
    .filter((file) => !/^src\/[^/]+\//.test(file) || file.startsWith(`src/${arch}/`))
    .map((file) => join(lib.folder, file));
}

class Refused extends Error {}

async function call(host: Host, program: string, args: readonly string[]): Promise<void> {
  const ended = await host.run(program, args);
  if (ended === 'not-found') throw new Refused(`${program} is not installed`);
  if (ended.exitCode !== 0) throw new Refused(ended.stderr);
}

/** A file of a program, and the lib that it belongs to. */
interface Unit {
  readonly file: string;
  readonly lib?: Lib;
  readonly flags?: readonly string[];
}

interface Job {
  readonly file: string;
  readonly lib: Lib | undefined;
  readonly flags: readonly string[];
  readonly compiler: Compiler;
  readonly settings: Settings;
}

function compile(bench: Bench, job: Job): Promise<string> {
  const key = JSON.stringify([job.file, job.flags, job.compiler, job.settings]);
  const known = bench.objects.get(key);
  if (known !== undefined) return known;
  const made = compileNow(bench, job, `${bench.folder}/${bench.objects.size}`);
  bench.objects.set(key, made);
  return made;
}

async function compileNow(
  {host, catalog}: Bench,
  {file, lib, flags, compiler, settings}: Job,
  stem: string,
): Promise<string> {
  const headers = [join(kit, 'libs/interfaces/base'), ...catalog.interfaces.map(({folder}) => folder)].map(
    (folder) => `-I${folder}/include`,
  );
  if (lib !== undefined) await host.writeFile(`${stem}/options.h`, optionsHeader(lib, settings));
  const own = lib === undefined ? [] : [`-I${stem}`, `-I${lib.folder}/src`];
  const object = `${stem}.o`;
  await call(host, compiler, [
    '-std=gnu17',
    '-O1',
    '-g',
    ...sanitizers,
    ...warnings,
    ...flags,
    ...own,
    ...headers,
    '-c',
    file,
    '-o',
    object,
  ]);
  return object;
}
