// SPDX-License-Identifier: BSD-3-Clause

import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {matchesGlob} from '../../toolkit/base/index.ts';
import {type Catalog, type Lib, loadCatalog, type Source} from '../../toolkit/catalog/index.ts';
import {hostedTables, type Settings} from '../../toolkit/conform/index.ts';
import {type Host, nodeHost} from '../../toolkit/host/index.ts';
import {optionsHeader} from '../../toolkit/plan/index.ts';
import {fetchSource} from '../../toolkit/store/index.ts';

/** The repository. */
const kit = join(import.meta.dirname, '..', '..');

/** A program of the build machine: libs with a wire or a device of ours below, and a suite on top. */
export interface Program {
  readonly suite: string;
  readonly compiler: 'gcc' | 'clang';
  /** In the order in which they start. */
  readonly libs: readonly string[];
  /** Files of this folder. */
  readonly files: readonly string[];
  /** Files of a lib that this folder replaces. */
  readonly without?: readonly string[];
  readonly settings?: Readonly<Record<string, Settings>>;
}

/** A workbench: a catalog, and objects that were compiled before. */
export interface Bench {
  readonly host: Host;
  readonly catalog: Catalog;
  readonly folder: string;
  readonly objects: Map<string, Promise<string>>;
}

const warnings = [
  ...['all', 'extra', 'shadow', 'pointer-arith', 'cast-qual', 'write-strings', 'strict-prototypes'],
  ...['missing-prototypes', 'undef', 'vla', 'error'],
].map((name) => `-W${name}`);
const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];

export async function openBench(): Promise<Bench> {
  const host = nodeHost();
  const catalog = await loadCatalog(host, [{folder: kit, origin: 'bundled'}]);
  if (!catalog.ok) throw new Error(catalog.error.map(({message}) => message).join('\n'));
  return {host, catalog: catalog.value, folder: await host.makeTemporaryFolder('net-'), objects: new Map()};
}

export async function closeBench({host, folder}: Bench): Promise<void> {
  await host.remove(folder);
}

/** One file to compile, and all that its compiler is told. */
interface Unit {
  readonly file: string;
  readonly flags: readonly string[];
}

/** Builds the program and runs it: its exit code and all that it printed. */
export async function run(bench: Bench, program: Program): Promise<{exitCode: number | null; output: string}> {
  const {host, catalog} = bench;
  const folder = join(
    bench.folder,
    `${program.compiler}-${program.suite.replaceAll(/\W/g, '-')}-${program.libs.length}`,
  );
  const libs = program.libs.map((name) => libNamed(catalog, name));
  const headers = [join(kit, 'libs/interfaces/base'), ...catalog.interfaces.map((one) => one.folder)];
  const includes = [`-I${import.meta.dirname}`, ...headers.map((one) => `-I${one}/include`)];
  await host.writeFile(join(folder, 'tables.c'), hostedTables({libs, absent: []}, catalog));

  const units: Unit[] = [
    {file: join(kit, program.suite), flags: [...includes, '-Dmain=suite_main']},
    {file: join(folder, 'tables.c'), flags: includes},
    ...['boot', 'print'].map((one) => ({file: join(kit, `libs/interfaces/${one}/hosted/${one}.c`), flags: includes})),
  ];
  for (const lib of libs) units.push(...(await unitsOf(bench, {lib, includes, program})));
  const virtio = join(kit, 'libs/virtio-bus/src');
  for (const file of program.files)
    units.push({file: join(import.meta.dirname, file), flags: [...includes, `-I${virtio}`]});

  const pair = Math.ceil(units.length / 2); // two compilers at a time
  const halves = [units.slice(0, pair), units.slice(pair)];
  const objects = await Promise.all(
    halves.map(async (half) => {
      const made: string[] = [];
      for (const unit of half) made.push(await compile(bench, program.compiler, unit));
      return made;
    }),
  );
  const binary = join(folder, 'program');
  await call(host, program.compiler, [...sanitizers, ...objects.flat(), '-o', binary]);
  const ended = await host.run(binary, [], {
    env: {ASAN_OPTIONS: 'detect_leaks=0:verify_asan_link_order=0'},
    signal: AbortSignal.timeout(60_000),
  });
  if (ended === 'not-found') throw new Error(`Internal error: ${binary} is gone`);
  return {exitCode: ended.exitCode, output: ended.stdout + ended.stderr};
}

function compile({host, folder, objects}: Bench, compiler: string, {file, flags}: Unit): Promise<string> {
  const key = JSON.stringify([compiler, file, flags]);
  const object = join(folder, `${objects.size}.o`);
  const made =
    objects.get(key) ??
    call(host, compiler, ['-std=gnu17', '-O1', '-g', ...sanitizers, ...flags, '-c', file, '-o', object]).then(
      () => object,
    );
  objects.set(key, made);
  return made;
}

interface Of {
  readonly lib: Lib;
  readonly includes: readonly string[];
  readonly program: Program;
}

/** A lib's own files for this machine, and those of its sources. */
async function unitsOf(bench: Bench, {lib, includes, program}: Of): Promise<readonly Unit[]> {
  const header = optionsHeader({lib, chosen: {options: program.settings?.[lib.name] ?? {}}});
  const options = join(bench.folder, `${lib.name}-${createHash('sha256').update(header).digest('hex').slice(0, 12)}`);
  await bench.host.writeFile(join(options, 'options.h'), header);
  const fetched = await Promise.all(
    lib.sources.map(async (source) => ({source, ...(await fetchedSource(bench.host, source))})),
  );
  const foreign = fetched.flatMap((one) => one.source.include.map((include) => join(one.folder, include)));
  const own = [...includes, `-I${options}`, `-I${lib.folder}/src`];
  const replaced = new Set(lib.files.filter((file) => file.startsWith('src/x86_64/')).map((file) => file.slice(11)));
  return [
    ...lib.files
      .filter((file) => !replaced.has(file.slice(4)) && !program.without?.includes(file))
      .map((file) => ({
        file: join(lib.folder, file),
        flags: [...warnings, ...own, ...foreign.flatMap((one) => ['-isystem', one])],
      })),
    ...fetched.flatMap(({source, files, folder: root}) =>
      files
        .filter((file) => source.compile.some((glob) => matchesGlob(file, glob)))
        .filter((file) => !source.exclude.some((glob) => matchesGlob(file, glob)))
        .map((file) => ({
          file: join(root, file),
          flags: [...source.flags, ...own, ...foreign.map((one) => `-I${one}`)],
        })),
    ),
  ];
}

async function fetchedSource(host: Host, source: Source): Promise<{folder: string; files: readonly string[]}> {
  const fetched = await fetchSource(host, source);
  if (!fetched.ok) throw new Error(fetched.error.map(({message}) => message).join('\n'));
  return fetched.value;
}

function libNamed(catalog: Catalog, name: string): Lib {
  const lib = catalog.libs.find((one) => one.name === name);
  if (lib === undefined) throw new Error(`There is no lib ${name}`);
  return lib;
}

async function call(host: Host, program: string, args: readonly string[]): Promise<void> {
  const ended = await host.run(program, args);
  if (ended === 'not-found') throw new Error(`${program} is not installed`);
  if (ended.exitCode !== 0) throw new Error(ended.stderr.slice(0, 4000));
}
