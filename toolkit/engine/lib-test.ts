// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {ok, type Result} from '../base/index.ts';
import type {Interface, Lib} from '../catalog/index.ts';
import type {Compiler, Ended, Suite, Workbench} from '../conform/index.ts';
import {type Authored, openAuthored} from './author.ts';
import {boot} from './boot-suite.ts';
import type {Engine} from './engine.ts';
import {shown} from './project.ts';

export interface TestRequest {
  /** Only as programs of this machine, or only booted. */
  readonly only?: 'hosted' | 'booted' | undefined;
  /** Only the suite, or the file of own tests, of this name. */
  readonly suite?: string | undefined;
  /** Nothing is booted once a program of this machine has failed: that is verdict enough. */
  readonly until?: 'first-stage-fails';
  readonly signal?: AbortSignal;
}

/** One test of a suite, and where it failed: `file` as the user would write it. */
export interface TestedCase {
  readonly name: string;
  readonly passed: boolean;
  readonly check?: {readonly file: string; readonly line: number; readonly condition: string};
}

/** A suite, put to a lib on one machine. */
export interface Tested {
  readonly lib: string;
  /** Absent: the lib's own tests. */
  readonly interface?: string;
  readonly suite: string;
  /** A compiler, whose program ran here under sanitizers; or the platform of the image that was booted. */
  readonly on: string;
  /** `unfit`: it cannot run there. `left-out`: the lib is let off it, or it was no use after what failed before. */
  readonly outcome: 'passed' | 'failed' | 'unfit' | 'left-out';
  readonly cases: readonly TestedCase[];
  /** Of all but `passed`: why, where the cases do not say so. */
  readonly because?: string;
}

export interface TestReport {
  readonly name: string;
  readonly version: string;
  readonly trials: readonly Tested[];
  readonly passed: boolean;
}

/** A suite and the lib that it is put to, before it is known where. */
export interface Pairing {
  readonly lib: Lib;
  readonly interface?: Interface;
  readonly suite: Suite;
}

/** Puts every suite of what a lib provides to it, hosted and booted, and runs its own tests. */
export async function testLib(engine: Engine, request: TestRequest): Promise<Result<TestReport>> {
  const authored = await openAuthored(engine);
  return authored.ok ? ok(await testAuthored(authored.value, request)) : authored;
}

export async function testAuthored(authored: Authored, request: TestRequest): Promise<TestReport> {
  const {catalog, folder, what, engine} = authored;
  const {openWorkbench} = await import('../conform/index.ts');
  const place = join(folder, '.kraft', 'test');
  await engine.host.remove(join(place, 'hosted'));
  const bench = openWorkbench({host: engine.host, catalog, kit: engine.kit, folder: join(place, 'hosted')});
  await engine.host.makeFolder(bench.folder);
  const all = (await pairingsOf(authored)).filter(
    ({suite}) => request.suite === undefined || suite.name === request.suite,
  );
  const exempt = all.flatMap(letOff);
  const pairings = all.filter(({lib, suite}) => lib.exempt?.[suite.name] === undefined);
  const hosted = request.only === 'booted' ? [] : await hostAll(pairings, {engine, bench, request});
  const bootable = request.only === 'hosted' ? [] : pairings.filter((pairing) => pairing.interface !== undefined);
  const booted = await bootAll(bootable, {authored, place, hosted, request});
  const trials = [...hosted, ...booted, ...exempt];
  const {name, version} = what.kind === 'lib' ? what.lib : what.interface;
  return {name, version, trials, passed: pairings.every((pairing) => isProved(pairing, trials))};
}

/** Nothing failed, and something ran. */
function isProved({lib, suite}: Pairing, trials: readonly Tested[]): boolean {
  const own = trials.filter((trial) => trial.lib === lib.name && trial.suite === suite.name);
  return own.every(({outcome}) => outcome !== 'failed') && own.some(({outcome}) => outcome === 'passed');
}

function letOff({lib, interface: of, suite}: Pairing): readonly Tested[] {
  const because = lib.exempt?.[suite.name];
  if (because === undefined) return [];
  return [
    {
      lib: lib.name,
      ...(of && {interface: of.name}),
      suite: suite.name,
      on: '',
      outcome: 'left-out',
      cases: [],
      because,
    },
  ];
}

/** Of a lib: the suites of what it provides, and its own tests. Of an interface: its suites, with every provider. */
export async function pairingsOf({catalog, what, engine}: Authored): Promise<readonly Pairing[]> {
  const {suitesOf, whiteBoxOf} = await import('../conform/index.ts');
  const {host} = engine;
  const provides = (lib: Lib, {name}: Interface): boolean => lib.provides.some((each) => each.interface === name);
  if (what.kind === 'interface') {
    const suites = await suitesOf(host, catalog, what.interface);
    const libs = catalog.libs.filter((lib) => provides(lib, what.interface));
    return libs.flatMap((lib) => suites.map((suite) => ({lib, interface: what.interface, suite})));
  }
  const {lib} = what;
  const contracts = await Promise.all(
    catalog.interfaces
      .filter((each) => provides(lib, each))
      .map(async (each) => (await suitesOf(host, catalog, each)).map((suite) => ({lib, interface: each, suite}))),
  );
  return [...contracts.flat(), ...(await whiteBoxOf(host, catalog, lib)).map((suite) => ({lib, suite}))];
}

const compilers: readonly Compiler[] = ['gcc', 'clang'];

async function hostAll(
  pairings: readonly Pairing[],
  {engine, bench, request}: {readonly engine: Engine; readonly bench: Workbench; readonly request: TestRequest},
): Promise<readonly Tested[]> {
  const {programFor, runTrial} = await import('../conform/index.ts');
  const jobs = pairings.flatMap((pairing) => compilers.map((compiler) => ({pairing, compiler})));
  return inTurns(engine.host.cores, jobs, async ({pairing, compiler}) => {
    const {lib, interface: of, suite} = pairing;
    const facts = {lib: lib.name, ...(of && {interface: of.name}), suite: suite.name, on: compiler};
    const unfit = async (): Promise<string | undefined> => {
      if (request.signal?.aborted) return 'it was interrupted';
      if (of?.hosted === 'never') return `suites of ${of.name} run in images only`;
      const program = await programFor(bench.host, bench.catalog, {provider: lib, needs: suite.needs});
      return 'unfit' in program ? program.unfit : undefined;
    };
    const because = await unfit();
    if (because !== undefined) return {...facts, outcome: 'unfit' as const, cases: [], because};
    engine.emit({type: 'test', reason: 'start', suite: suite.name, on: compiler});
    return judge(engine, {facts, suite, ended: await runTrial(bench, {suite, provider: lib, compiler})});
  });
}

async function bootAll(
  pairings: readonly Pairing[],
  {
    authored,
    place,
    hosted,
    request,
  }: {
    readonly authored: Authored;
    readonly place: string;
    readonly hosted: readonly Tested[];
    readonly request: TestRequest;
  },
): Promise<readonly Tested[]> {
  const {catalog, engine} = authored;
  const platforms = catalog.libs.filter((lib) => lib.kind === 'platform' && !lib.onlyByName);
  const jobs = pairings.flatMap((pairing) => platforms.map((platform) => ({pairing, platform})));
  return inTurns(engine.host.cores, jobs, async ({pairing, platform}): Promise<Tested> => {
    const {lib, interface: of, suite} = pairing;
    const facts = {lib: lib.name, ...(of && {interface: of.name}), suite: suite.name, on: platform.name};
    const failed = hosted.filter((trial) => trial.outcome === 'failed');
    const before = failed.some((trial) => trial.suite === suite.name && trial.lib === lib.name);
    const enough = request.until === 'first-stage-fails' && failed.length > 0;
    if (before || enough || request.signal?.aborted === true) {
      const because = leftOut({before, enough});
      return {...facts, outcome: 'left-out', cases: [], because};
    }
    engine.emit({type: 'test', reason: 'start', suite: suite.name, on: platform.name});
    const ended = await boot(authored, {pairing, platform, place, signal: request.signal});
    if ('unfit' in ended) return {...facts, outcome: 'unfit', cases: [], because: ended.unfit};
    return judge(engine, {facts, suite, ended});
  });
}

function leftOut({before, enough}: {readonly before: boolean; readonly enough: boolean}): string {
  if (before) return 'it failed as a program of this machine';
  return enough ? 'another suite failed as a program of this machine' : 'it was interrupted';
}

/** What a suite printed, as a result: it passed where every test did, and it came to its end. */
async function judge(
  engine: Engine,
  {
    facts,
    suite,
    ended,
  }: {readonly facts: Omit<Tested, 'outcome' | 'cases'>; readonly suite: Suite; readonly ended: Ended},
): Promise<Tested> {
  const {readTap} = await import('../conform/index.ts');
  const {cases, complete} = readTap(ended.output);
  const tested = cases.map(({check, ...rest}): TestedCase => {
    if (check === undefined) return rest;
    const isSuite = check.file.split('/').at(-1) === suite.file.split('/').at(-1);
    return {...rest, check: {...check, file: isSuite ? shown(engine, suite.file) : check.file}};
  });
  const passed = complete && ended.exitCode === 0 && cases.every((one) => one.passed);
  if (passed) return {...facts, outcome: 'passed', cases: tested};
  const because = complete
    ? undefined
    : ended.output
        .split('\n')
        .filter((line) => !/^ok \d/.test(line))
        .join('\n')
        .trim();
  const silent =
    because === '' ? `It ended with status ${ended.exitCode ?? 'unknown'} before it had said anything.` : because;
  return {...facts, outcome: 'failed', cases: tested, ...(silent !== undefined && {because: silent})};
}

/** Results in the order of the jobs, of which so many are done at a time. */
async function inTurns<J, R>(atOnce: number, jobs: readonly J[], act: (job: J) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = jobs.map((job, index) => ({job, index}));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next.index] = await act(next.job);
  };
  await Promise.all(Array.from({length: Math.max(1, Math.min(atOnce, jobs.length))}, worker));
  return results;
}
