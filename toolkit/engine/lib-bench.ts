// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Interface, Lib} from '../catalog/index.ts';
import {type Authored, openAuthored} from './author.ts';
import {suiteProject} from './boot-suite.ts';
import {runCommand} from './run-project.ts';

/** One figure of an interface's benchmark, by provider. */
export interface Figure {
  readonly interface: string;
  readonly name: string;
  /** Provider → value, in instructions unless the benchmark says otherwise. */
  readonly values: ReadonlyMap<string, number>;
}

export interface BenchReport {
  readonly name: string;
  readonly version: string;
  readonly figures: readonly Figure[];
  /** Providers that could not be measured, and why. */
  readonly left: readonly {readonly provider: string; readonly because: string}[];
}

/** Counts instructions instead of time: the same figures whatever machine runs it, and however busy it is. */
const deterministic = ['-icount', 'shift=0,sleep=off', '-rtc', 'base=2020-01-01,clock=vm', '-seed', '1'];

/** Runs the benchmark of each interface that a lib provides, with the lib and with every other provider. */
export async function benchLib(
  engine: Parameters<typeof openAuthored>[0],
  {others, signal}: {readonly others: 'too' | 'left-out'; readonly signal?: AbortSignal},
): Promise<Result<BenchReport>> {
  const authored = await openAuthored(engine);
  if (!authored.ok) return authored;
  const {catalog, what} = authored.value;
  const of = catalog.interfaces.filter((each) =>
    what.kind === 'interface' ? each.name === what.interface.name : provides(what.lib, each),
  );
  const figures: Figure[] = [];
  const left: {provider: string; because: string}[] = [];
  let found = 0;
  for (const each of of) {
    for (const file of await programs(authored.value, each)) {
      found++;
      const measured = await measureAll(authored.value, {of: each, file, others, ...(signal && {signal})});
      figures.push(...measured.figures);
      left.push(...measured.left);
    }
  }
  const {name, version} = what.kind === 'lib' ? what.lib : what.interface;
  if (found === 0) return fail([nothingToRun(name, of)]);
  return ok({name, version, figures, left});
}

interface Bench {
  readonly of: Interface;
  readonly file: string;
  readonly others: 'too' | 'left-out';
  readonly signal?: AbortSignal;
}

async function measureAll(authored: Authored, bench: Bench): Promise<Pick<BenchReport, 'figures' | 'left'>> {
  const {catalog, what} = authored;
  const mine = what.kind === 'lib' ? what.lib.name : undefined;
  const providers = catalog.libs.filter(
    (lib) =>
      provides(lib, bench.of) &&
      lib.kind === 'lib' &&
      (lib.name === mine || (lib.onlyByName !== true && bench.others === 'too')),
  );
  const rows = new Map<string, Map<string, number>>();
  const left: {provider: string; because: string}[] = [];
  // The lib in question comes first.
  const ordered = [...providers].sort((one, other) => Number(other.name === mine) - Number(one.name === mine));
  for (const provider of ordered) {
    const measured = await measure(authored, provider, bench);
    if ('because' in measured) left.push({provider: provider.name, because: measured.because});
    else
      for (const [name, value] of measured.figures)
        rows.set(name, (rows.get(name) ?? new Map<string, number>()).set(provider.name, value));
  }
  const figures = [...rows].map(([name, values]) => ({interface: bench.of.name, name, values}));
  return {figures, left};
}

async function measure(
  authored: Authored,
  lib: Lib,
  {of, file, signal}: Bench,
): Promise<{readonly figures: ReadonlyMap<string, number>} | {readonly because: string}> {
  const {catalog, engine, folder} = authored;
  const platform = catalog.libs.find((each) =>
    each.boot?.machines.some(({name, qemu}) => name === each.boot?.defaultMachine && qemu !== undefined),
  );
  if (platform === undefined) return {because: 'no platform boots under QEMU'};
  engine.emit({type: 'test', reason: 'start', suite: `the benchmark of ${of.name}`, on: lib.name});
  const {needsOf} = await import('../conform/index.ts');
  const program = {name: `bench-${basename(file, '.c')}`, file, needs: await needsOf(engine.host, catalog, file)};
  const place = join(folder, '.kraft', 'bench');
  const project = await suiteProject(authored, {
    program: {...program, runner: 'itself', promises: [of.name]},
    lib,
    platform,
    place,
  });
  if ('unfit' in project) return {because: project.unfit};
  const command = await runCommand(project.engine, {
    build: 'when-needed',
    ports: [],
    args: [],
    accelerator: 'tcg',
    ...(signal && {signal}),
  });
  if (!command.ok) return {because: command.error[0]?.message ?? 'it does not build'};
  const [qemu = '', ...words] = command.value.words;
  const ended = await engine.host.run(qemu, [...words, ...deterministic], {signal: AbortSignal.timeout(300_000)});
  if (ended === 'not-found') return {because: `${qemu} is not installed`};
  const figures = [...ended.stdout.matchAll(/^figure (\S+) (\d+(?:\.\d+)?)\r?$/gm)].map(
    ([, name = '', value]) => [name, Number(value)] as const,
  );
  return figures.length === 0 ? {because: 'it printed no figures'} : {figures: new Map(figures)};
}

/** The benchmarks of an interface: `bench/*.c`, each an app that prints `figure NAME VALUE`. */
async function programs({engine}: Authored, {folder}: Interface): Promise<readonly string[]> {
  const names = (await engine.host.list(join(folder, 'bench'))) ?? [];
  return names.filter((name) => name.endsWith('.c')).map((name) => join(folder, 'bench', name));
}

function provides(lib: Lib, {name}: Interface): boolean {
  return lib.provides.some((each) => each.interface === name);
}

function nothingToRun(name: string, of: readonly Interface[]): Diagnostic {
  const names = of.map((each) => each.name).join(', ');
  return {
    severity: 'error',
    message: `There is no benchmark for ${name}: ${names === '' ? 'it provides nothing' : `${names} has no folder bench/`}.`,
    help: 'An interface brings its benchmark, as bench/NAME.c beside its manifest.',
  };
}
