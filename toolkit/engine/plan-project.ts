// SPDX-License-Identifier: BSD-3-Clause

import {dirname, join} from 'node:path';
import {type Diagnostic, type Digest, digestOf, fail, interfaceName, ok, type Result} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import type {CompilerName, Places, Plan} from '../plan/index.ts';
import {type Answer, answerProject, type Clash, type SolveRequest, solveProject} from './answer.ts';
import type {Engine} from './engine.ts';
import {writeLock} from './lock.ts';
import {checkPins, type Pins} from './package-pins.ts';
import {sourceTexts} from './source-texts.ts';
import {checkTraced} from './tracers.ts';

export interface PlanRequest extends SolveRequest {
  readonly compiler?: CompilerName | undefined;
}

/** An answer and everything that will be done for it. */
export interface PlannedProject extends Answer {
  readonly plan: Plan;
  readonly places: Places;
  /** What the Kraftfile names as rootfs, packed. */
  readonly rootfs?: Uint8Array;
  /** What the lock is to hold of packages. */
  readonly pins: Pins;
}

/** Solves, fetches third-party sources that are not there yet, and plans. */
export async function planProject(engine: Engine, request: PlanRequest): Promise<Result<PlannedProject>> {
  const answer = await solveTraced(engine, request);
  if (!answer.ok) return answer;
  const libs = chosenLibs(answer.value);
  const pins = await checkPins(engine, {answer: answer.value, libs, lockfile: request.lockfile});
  if (!pins.ok) return pins;
  const sources = await fetchSources(engine, libs);
  if (!sources.ok) return sources;
  const rootfs = await packedRootfs(engine, answer.value);
  if (!rootfs.ok) return rootfs;
  const {plan} = await import('../plan/index.ts');
  const places = await placesOf(engine, answer.value, libs);
  const script = await linkerScript(engine, libs);
  const {listFiles} = await import('../build/index.ts');
  const planned = plan({
    spec: answer.value.spec,
    solution: answer.value.solution,
    catalog: answer.value.catalog,
    compiler: request.compiler ?? 'gcc',
    places,
    files: await listFiles(engine.host, answer.value.spec.folder),
    sources: sources.value,
    ...(request.trace !== undefined && {variant: 'traced' as const}),
    texts: await sourceTexts(engine.host, {libs, places}),
    ...(script !== undefined && {script}),
    ...(rootfs.value !== undefined && {rootfs: digestOf(rootfs.value)}),
  });
  if (!planned.ok) return planned;
  return ok({
    ...answer.value,
    plan: planned.value,
    places,
    pins: pins.value,
    ...(rootfs.value !== undefined && {rootfs: rootfs.value}),
  });
}

/** The lock is of the image without tracers, and they change nothing else: that image's answer is checked first. */
async function solveTraced(engine: Engine, request: PlanRequest): Promise<Result<Answer>> {
  const {trace, ...untraced} = request;
  if (trace === undefined) return solveProject(engine, request);
  if (request.lockfile === 'obey') {
    const usual = await solveProject(engine, untraced);
    if (!usual.ok) return usual;
  }
  const answer = await solveProject(engine, {...request, lockfile: 'keep'});
  if (!answer.ok) return answer;
  const traced = checkTraced(trace, answer.value);
  return traced.ok ? answer : traced;
}

/** The archive of the root file system, where there is one and the image has somebody who shows it. */
async function packedRootfs({host}: Engine, {spec, solution}: Answer): Promise<Result<Uint8Array | undefined>> {
  if (spec.rootfs === undefined || !solution.providers.has(interfaceName('initrd'))) return ok(undefined);
  const {packRootfs} = await import('../store/index.ts');
  const mountPoints = spec.volumes.map(({value}) => value.guest.slice(1));
  const without = join(spec.folder, '.kraft');
  return packRootfs(host, {folder: spec.folder, rootfs: spec.rootfs, mountPoints, without});
}

/** Solves, letting go of what the lock holds, and writes the answer down if there is no better one. */
export async function updateLock(engine: Engine, request: SolveRequest): Promise<Result<Answer | Clash>> {
  const answer = await answerProject(engine, request);
  if (answer.ok && 'solution' in answer.value && answer.value.solution.proven) await writeLock(engine, answer.value);
  return answer;
}

/** The manifests of what was chosen. */
function chosenLibs({solution, catalog}: Answer): readonly Lib[] {
  return solution.libs.map(({name, version}) => {
    const lib = catalog.libs.find((each) => each.name === name && each.version === version);
    if (lib === undefined) throw new Error(`Internal error: ${name} ${version} was chosen, but is not in the catalog`);
    return lib;
  });
}

async function fetchSources(
  engine: Engine,
  libs: readonly Lib[],
): Promise<Result<ReadonlyMap<Digest, readonly string[]>>> {
  const pinned = libs.flatMap((lib) => lib.sources);
  if (pinned.length === 0) return ok(new Map());
  const {fetchSource} = await import('../store/index.ts');
  const files = new Map<Digest, readonly string[]>();
  const wrong: Diagnostic[] = [];
  for (const source of pinned) {
    const fetched = await fetchSource(engine.host, source, engine.emit);
    if (fetched.ok) files.set(source.sha256, fetched.value.files);
    else wrong.push(...fetched.error);
  }
  return wrong.length > 0 ? fail(wrong) : ok(files);
}

async function placesOf({host, kit}: Engine, {spec, catalog}: Answer, libs: readonly Lib[]): Promise<Places> {
  const {storeFolder} = await import('../store/index.ts');
  const packages = [
    ...libs.filter(({origin}) => origin === 'package').map(({name, folder}) => [name, folder] as const),
    ...catalog.interfaces
      .filter(({origin}) => origin === 'package')
      .map(({name, version, folder}) => [`interface.${name}.${version}`, folder] as const),
  ];
  return {project: spec.folder, kit, store: join(storeFolder(host), 'sources'), packages: Object.fromEntries(packages)};
}

async function linkerScript({host}: Engine, libs: readonly Lib[]): Promise<string | undefined> {
  const platform = libs.find(({kind}) => kind === 'platform');
  const script = platform?.boot?.script;
  if (platform === undefined || script === undefined) return undefined;
  return host.readFile(join(platform.folder, script));
}

/** Where the toolkit keeps what it found out about compilers. */
export function cacheFolder(places: Places): string {
  return dirname(places.store);
}
