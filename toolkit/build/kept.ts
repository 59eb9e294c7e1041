// SPDX-License-Identifier: BSD-3-Clause

import {dirname, join} from 'node:path';
import {digestOf, digestOfValue} from '../base/index.ts';
import {type Host, HostError} from '../host/index.ts';
import type {CombineAction, CompileAction, Owner, Places, Plan} from '../plan/index.ts';
import {type BuildPaths, cxxLinks} from './build-paths.ts';
import {compileArguments} from './compile-arguments.ts';
import {listFiles} from './list-files.ts';
import type {Reached} from './reach.ts';
import {type Toolchain, versions} from './toolchain.ts';

/** A relocatable of third-party code, and the folder that keeps it for whatever other image wants the same. */
export interface Kept {
  readonly owner: Owner;
  readonly output: string;
  /** In the store, named for everything that the relocatable is made of. */
  readonly folder: string;
  /** Whether this build takes it from there. */
  readonly taken: boolean;
  /** Of an owner that is in an image in part: its objects that this build takes from there, by output, instead of the relocatable. */
  readonly objects?: ReadonlyMap<string, string>;
}

export interface KeptContext {
  readonly plan: Plan;
  readonly places: Places;
  readonly paths: BuildPaths;
  readonly toolchain: Toolchain;
}

/** The file's name in its folder; `.all` beside it is the one with all its symbols. */
export const keptFile = 'relocatable.o';

/** Written anew whenever a build takes what lies beside it: when it changed last is when that was. */
const usedFile = 'used';

/**
 * What may be taken from the store: libs that compile third-party code, which is much and does not change; with
 * KRAFT_TS_KEEP=all, also those of the toolkit. A folder that has compiled a lib itself goes on doing so, because it need only compile what changed.
 */
export async function findKept(host: Host, context: KeptContext): Promise<readonly Kept[]> {
  const {plan, places, paths} = context;
  const combines = plan.actions.filter((one): one is CombineAction => one.kind === 'combine');
  const kept = combines.map(async ({owner, output, keep, members = []}): Promise<readonly Kept[]> => {
    const compiles = plan.actions.filter((one): one is CompileAction => one.kind === 'compile' && one.owner === owner);
    if (!isKept(host, compiles)) return [];
    const folder = join(dirname(places.store), 'objects', await keyOf(host, {...context, compiles, keep}));
    if (members.length > 0)
      return [{owner, output, folder, taken: false, objects: await keptObjects(host, {compiles, paths, folder})}];
    const compiled = (await host.facts(join(paths.folder, paths.inside(compiles[0]?.output ?? '')))) !== undefined;
    const taken = !compiled && (await host.facts(join(folder, keptFile))) !== undefined;
    if (taken) await noteUse(host, folder);
    return [{owner, output, folder, taken}];
  });
  return (await Promise.all(kept)).flat();
}

/** Those that the folder has not compiled itself. */
async function keptObjects(
  host: Host,
  {compiles, paths, folder}: {compiles: readonly CompileAction[]; paths: BuildPaths; folder: string},
): Promise<ReadonlyMap<string, string>> {
  const there = new Set(await host.list(folder));
  if (there.size === 0) return new Map();
  const pairs = compiles.map(async ({output}): Promise<readonly (readonly [string, string])[]> => {
    const name = keptName(output);
    if (!there.has(name) || (await host.facts(join(paths.folder, paths.inside(output)))) !== undefined) return [];
    return [[output, join(folder, name)]];
  });
  const objects = new Map((await Promise.all(pairs)).flat());
  if (objects.size > 0) await noteUse(host, folder);
  return objects;
}

/** An object's name among those of its owner, all in one folder. */
function keptName(output: string): string {
  return encodeURIComponent(output.replace(/^\$build\/obj\/[^/]+\//, ''));
}

/** Where what an action makes lies: in the build folder, unless it is taken from the store. */
export function madeAt(output: string, {kept, paths}: {kept: readonly Kept[]; paths: BuildPaths}): string {
  for (const {objects} of kept) {
    const from = objects?.get(output);
    if (from !== undefined) return from;
  }
  return join(paths.folder, paths.inside(output));
}

async function noteUse(host: Host, folder: string): Promise<void> {
  try {
    await host.writeFile(join(folder, usedFile), '');
  } catch (error) {
    // A store that cannot be written is used all the same.
    if (!(error instanceof HostError)) throw error;
  }
}

/** Third-party code always; with KRAFT_TS_KEEP=all, everything that does not come with a project. */
function isKept({env}: Host, compiles: readonly CompileAction[]): boolean {
  if (compiles.some(({input}) => input.startsWith('$store/'))) return true;
  return env.KRAFT_TS_KEEP === 'all' && compiles.length > 0 && compiles.every(({input}) => input.startsWith('$kit/'));
}

/** Keeps what a build that passed has made: each object and each relocatable as a whole or not at all. */
export async function keep(
  host: Host,
  {plan, kept, paths, chosen}: {plan: Plan; kept: readonly Kept[]; paths: BuildPaths; chosen: Reached},
): Promise<void> {
  for (const {owner, output, folder, taken, objects} of kept) {
    if (objects !== undefined) {
      const combine = plan.actions.find((one) => one.kind === 'combine' && one.owner === owner);
      const made = [...(combine?.kind === 'combine' ? combine.inputs : []), ...chosen.candidates];
      const own = made.filter((each) => each.startsWith(`$build/obj/${owner}/`) && !objects.has(each));
      await keepFiles(host, {
        folder,
        files: own.map((each) => [join(paths.folder, paths.inside(each)), keptName(each)]),
      });
    } else if (!taken && (await host.facts(join(folder, keptFile))) === undefined) {
      const made = join(paths.folder, paths.inside(output));
      await keepFiles(host, {
        folder,
        files: [
          [`${made}.all`, `${keptFile}.all`],
          [made, keptFile],
        ],
      });
    }
  }
}

/** In their order, so that the last is there only with the others. */
async function keepFiles(
  host: Host,
  {folder, files}: {folder: string; files: readonly (readonly [string, string])[]},
): Promise<void> {
  const there = new Set(await host.list(folder));
  const missing = files.filter(([, name]) => !there.has(name));
  if (missing.length === 0) return;
  const unfinished = await host.makeTemporaryFolder(join(dirname(folder), '.unfinished-'));
  try {
    await host.makeFolder(folder);
    for (const [from, name] of missing) {
      await host.copyFile(from, join(unfinished, name));
      await host.rename(join(unfinished, name), join(folder, name));
    }
  } catch (error) {
    // The disk is full: nothing is lost but time.
    if (!(error instanceof HostError)) throw error;
  } finally {
    await host.remove(unfinished);
  }
}

/** Equal where the same compiler is called in the same way on files of the same content. */
async function keyOf(
  host: Host,
  {plan, paths, toolchain, compiles, keep}: KeptContext & {compiles: readonly CompileAction[]; keep: readonly string[]},
): Promise<string> {
  const calls = compiles.map((one) => [
    one.input,
    compileArguments(one, {plan, resolve: (path) => path, compiler: 'compiler', cxx: cxxLinks(toolchain)}),
  ]);
  const own = compiles.map(({input}) => input).filter((input) => !input.startsWith('$store/'));
  const folders = [...new Set(compiles.flatMap(({include}) => include))].sort();
  const headers = folders.map(async (folder) => {
    if (folder.startsWith('$store/')) return []; // named for its content
    if (folder.startsWith('$build/')) return generatedIn(folder, plan);
    const files = (await listFiles(host, paths.absolute(folder))).filter((file) => !file.endsWith('.c'));
    return contents(host, {files: files.map((file) => `${folder}/${file}`), paths});
  });
  const texts = [await contents(host, {files: own, paths}), ...(await Promise.all(headers))];
  return digestOfValue([1, plan.triple, versions(toolchain), calls, keep, texts]);
}

function generatedIn(folder: string, plan: Plan): readonly (readonly [string, string])[] {
  return plan.actions.flatMap((one) =>
    one.kind === 'generate' && one.output.startsWith(`${folder}/`)
      ? [[one.output, digestOf(one.content)] as const]
      : [],
  );
}

async function contents(
  host: Host,
  {files, paths}: {files: readonly string[]; paths: BuildPaths},
): Promise<readonly (readonly [string, string])[]> {
  return Promise.all(
    files.map(async (file) => [file, digestOf((await host.readBytes(paths.absolute(file))) ?? '')] as const),
  );
}
