// SPDX-License-Identifier: BSD-3-Clause

import {dirname, isAbsolute, join, relative} from 'node:path';
import {type Checked, type Diagnostic, fail, inOrder, ok, type Result} from '../base/index.ts';
import type {Catalog, CatalogRoot} from '../catalog/index.ts';
import type {Spec} from '../spec/index.ts';
import type {Engine} from './engine.ts';
import {kept, thisTool} from './kept.ts';

/** What the user wrote, and what there is to choose from. */
export interface Project {
  readonly spec: Spec;
  readonly catalog: Catalog;
}

/** The nearest Kraftfile, here or upwards, checked; together with the catalog. Or every mistake in them. */
export async function openProject(engine: Engine): Promise<Result<Project>> {
  const [spec, {checkSpec}] = await Promise.all([readSpec(engine), import('../catalog/index.ts')]);
  const known = spec.ok ? spec.value : spec.rest;
  const catalog = await openCatalog(engine, known?.folder ?? engine.folder);
  const misfits = known !== undefined && catalog.ok ? checkSpec(known, catalog.value) : [];
  const absent = known !== undefined && misfits.some(isError) ? await notInstalled(engine, known.folder) : [];
  if (absent.length > 0) return fail(absent);
  if (!spec.ok || !catalog.ok) {
    return fail([...(spec.ok ? [] : inOrder([...spec.error, ...misfits])), ...(catalog.ok ? [] : catalog.error)]);
  }
  for (const diagnostic of misfits)
    if (diagnostic.severity === 'warning') engine.emit({type: 'diagnostic', diagnostic});
  const wrong = misfits.filter(isError);
  return wrong.length > 0 ? fail(wrong) : ok({spec: spec.value, catalog: catalog.value});
}

function isError({severity}: Diagnostic): boolean {
  return severity === 'error';
}

/** Packages that the lock pins and nobody has installed yet, as after a fresh clone. */
async function notInstalled(engine: Engine, folder: string): Promise<readonly Diagnostic[]> {
  const path = join(folder, 'kraft.lock');
  const text = await engine.host.readFile(path);
  if (text?.includes('\npackages:') !== true) return [];
  const [{readLock}, {installedPackages}] = await Promise.all([
    import('../solve/index.ts'),
    import('../packages/index.ts'),
  ]);
  const lock = readLock({path: shown(engine, path), text});
  const pinned = lock.ok ? [...(lock.value.packages ?? [])] : [];
  const there = new Set((await installedPackages(engine.host, folder)).map(({name}) => name));
  return pinned
    .filter(([name]) => !there.has(name))
    .map(([name, {version}]) => ({
      severity: 'error',
      message: `${shown(engine, path)} pins ${name} ${version}, which is not installed.`,
      help: 'kraft-ts add installs what is pinned.',
    }));
}

/** The nearest Kraftfile, checked as far as it can be by itself. */
export async function openSpec(engine: Engine): Promise<Result<Spec>> {
  const checked = await readSpec(engine);
  return checked.ok ? ok(checked.value) : fail(checked.error);
}

async function readSpec(engine: Engine): Promise<Result<Spec> & {readonly rest?: Spec}> {
  const {parseKraftfile} = await import('../spec/index.ts');
  const file = await openKraftfile(engine);
  if (!file.ok) return file;
  const {path, text} = file.value;
  const checked = parseKraftfile({path: shown(engine, path), text}, path);
  for (const diagnostic of checked.warnings) engine.emit({type: 'diagnostic', diagnostic});
  return checked;
}

/** The nearest Kraftfile, whatever is wrong in it; its path is absolute. */
export async function openKraftfile(engine: Engine): Promise<Result<{readonly path: string; readonly text: string}>> {
  const path = await findUpwards(engine);
  if (!path.ok) return path;
  const text = await engine.host.readFile(path.value);
  if (text === undefined) return fail([{severity: 'error', message: `${path.value} is no file.`}]);
  return ok({path: path.value, text});
}

/** The toolkit's catalog, and what the project's own folder and its packages add. */
export async function openCatalog(
  engine: Engine,
  projectFolder: string,
  tool: Promise<string | undefined> = thisTool(engine.host),
): Promise<Result<Catalog>> {
  const {host, kit, packages} = engine;
  const checked = await kept(host, {
    tool: await tool,
    key: JSON.stringify([host.cwd, kit, projectFolder, packages ?? []]),
    async make(watched) {
      const value = await loadedCatalog({...engine, host: watched}, projectFolder);
      return {value, keep: value.ok && value.warnings.length === 0};
    },
  });
  for (const diagnostic of checked.warnings) engine.emit({type: 'diagnostic', diagnostic});
  return checked.ok ? ok(checked.value) : fail(checked.error);
}

async function loadedCatalog(engine: Engine, projectFolder: string): Promise<Checked<Catalog>> {
  const {loadCatalog} = await import('../catalog/index.ts');
  const own = projectFolder === engine.kit ? [] : [{folder: projectFolder, origin: 'project' as const}];
  const packages = await packageRoots(engine, projectFolder);
  return loadCatalog(engine.host, [{folder: engine.kit, origin: 'bundled'}, ...own, ...packages]);
}

/** What npm installed in the project, and what the engine was given beside it. */
async function packageRoots({host, packages = []}: Engine, project: string): Promise<readonly CatalogRoot[]> {
  const given = packages.map((folder) => ({folder, origin: 'package' as const}));
  const text = await host.readFile(join(project, 'package.json'));
  if (text === undefined) return given;
  const {installedPackages, readPackageJson} = await import('../packages/index.ts');
  const replaces = readPackageJson(text)?.replaces ?? [];
  const installed = await installedPackages(host, project);
  return [...given, ...installed.map(({folder}) => ({folder, origin: 'package' as const, replaces}))];
}

/** The keys of a Kraftfile, for help texts. */
export async function kraftfileKeys(): Promise<string> {
  const {kraftfileHelp} = await import('../spec/index.ts');
  return kraftfileHelp();
}

/** The folder of the nearest Kraftfile; where there is none, the engine's. */
export async function projectFolder(engine: Engine): Promise<string> {
  const path = await findUpwards(engine);
  return path.ok ? dirname(path.value) : engine.folder;
}

async function findUpwards(engine: Engine): Promise<Result<string>> {
  const {findKraftfile, kraftfileNames} = await import('../spec/index.ts');
  const here = await engine.host.list(engine.folder);
  if (here === undefined) return fail([noFolder(engine)]);
  for (let folder = engine.folder; ; folder = dirname(folder)) {
    const names = (await engine.host.list(folder)) ?? [];
    if (kraftfileNames.some((name) => names.includes(name))) {
      const found = findKraftfile(names, shown(engine, folder));
      return found.ok ? ok(join(folder, found.value)) : fail([found.error]);
    }
    if (folder === dirname(folder)) break;
  }
  const way = shown(engine, engine.folder);
  const none = findKraftfile(here, way === '.' ? 'this folder or above it' : `${way} or above it`);
  if (none.ok) throw new Error(`Internal error: ${engine.folder} has a Kraftfile after all`);
  return fail([none.error]);
}

function noFolder({folder}: Engine): Diagnostic {
  return {severity: 'error', message: `There is no folder ${folder}.`};
}

/** A path as the user would write it. */
export function shown({host}: Engine, path: string): string {
  const way = relative(host.cwd, path);
  if (way === '') return '.';
  return way.startsWith('..') || isAbsolute(way) ? path : way;
}
