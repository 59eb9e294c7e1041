// SPDX-License-Identifier: BSD-3-Clause

import {join, resolve} from 'node:path';
import {type Diagnostic, fail, libName, ok, quote, type Result, versionRange} from '../base/index.ts';
import type {Installed} from '../packages/index.ts';
import {type Edited, editProject} from './edit.ts';
import type {Engine} from './engine.ts';
import {type CheckedPackage, checkPackage} from './package-check.ts';
import {pinInstalled} from './package-pins.ts';
import {npmDiagnostic, packagesFolder, remember} from './package-place.ts';
import {openCatalog} from './project.ts';
import type {TargetRequest} from './target.ts';

export interface AddRequest extends TargetRequest {
  /** `NAME`, `NAME@RANGE`, a folder, a tarball, or what npm knows as an address of git. */
  readonly what: string;
  /** It may take the place of a lib or interface of the toolkit that has its name. */
  readonly replace: 'bundled' | 'nothing';
  /** Should it clash: the repair to take with it. */
  readonly apply?: number | undefined;
}

export interface Added {
  readonly name: string;
  readonly version: string;
  readonly brings: 'lib' | 'interface';
  readonly summary: string;
  /** The registry was away, and npm's cache had it. */
  readonly offline: boolean;
  /** Suites that it need not pass, and why, as its author says. */
  readonly exempt: Readonly<Record<string, string>>;
  /** What became of the Kraftfile; absent: there is none, or the package brings an interface. */
  readonly edited?: Edited;
}

/** Installs a package by npm, without running any script, and has the Kraftfile name its lib. All of it, or nothing. */
export async function addPackage(engine: Engine, request: AddRequest): Promise<Result<Added>> {
  const place = await packagesFolder(engine);
  if (!place.ok) return place;
  const {folder, kraftfile} = place.value;
  const named = await specOf(engine, request.what);
  if (!named.ok) return named;
  const {spec} = named.value;
  const undo = await remember(engine, folder);
  const before = await dependencies(engine, folder);
  await beginPackageJson(engine, folder);
  const {callNpm} = await import('../packages/index.ts');
  const installed = await callNpm(engine.host, ['install', '--save', spec], {cwd: folder});
  if (!installed.ok) {
    await undo();
    return fail([await npmDiagnostic(engine, installed.error, {spec, folder})]);
  }
  const after = await dependencies(engine, folder);
  const name = nameAdded(before, after, spec);
  const done = await settle(engine, {folder, kraftfile, name, request});
  if (!done.ok || done.value.edited?.kind === 'clash') await undo();
  return done.ok ? ok({...done.value, offline: installed.value.offline}) : done;
}

/** Installs what package.json and its lock say, and checks it against `kraft.lock`. */
export async function addPinned(engine: Engine): Promise<Result<readonly Installed[]>> {
  const place = await packagesFolder(engine);
  if (!place.ok) return place;
  const {folder} = place.value;
  const {callNpm, installedPackages} = await import('../packages/index.ts');
  const locked = (await engine.host.facts(join(folder, 'package-lock.json'))) !== undefined;
  const called = await callNpm(engine.host, [locked ? 'ci' : 'install'], {cwd: folder});
  if (!called.ok) return fail([await npmDiagnostic(engine, called.error, {spec: 'package.json', folder})]);
  const checked = place.value.kraftfile ? await pinInstalled(engine, {folder, pins: 'keep'}) : ok(undefined);
  return checked.ok ? ok(await installedPackages(engine.host, folder)) : checked;
}

interface Settling {
  readonly folder: string;
  readonly kraftfile: boolean;
  readonly name: string;
  readonly request: AddRequest;
}

/** The package lies there: whether it may stay, and the line in the Kraftfile. */
async function settle(
  engine: Engine,
  {folder, kraftfile, name, request}: Settling,
): Promise<Result<Omit<Added, 'offline'>>> {
  const at = join(folder, 'node_modules', name);
  const checked = await checkPackage(engine, at);
  if (!checked.ok) return checked;
  const {facts, brings} = checked.value;
  if (request.replace === 'bundled') await allowReplacing(engine, folder, one(checked.value).name);
  const catalog = await openCatalog({...engine, emit: () => undefined}, folder);
  if (!catalog.ok) return fail(catalog.error);
  const result = {
    name,
    version: facts.version,
    brings: brings.kind,
    summary: one(checked.value).summary,
    exempt: brings.kind === 'lib' ? (brings.lib.exempt ?? {}) : {},
  };
  if (!kraftfile) return ok(result);
  if (brings.kind === 'interface') {
    const pinned = await pinInstalled(engine, {folder, pins: 'renew', names: [name]});
    return pinned.ok ? ok(result) : pinned;
  }
  const wish = {kind: 'want', lib: libName(brings.lib.name), version: versionRange(`^${facts.version}`)} as const;
  const {apply, plat, arch} = request;
  const edited = await editProject(engine, {wish: {kind: 'edits', edits: [wish]}, apply, plat, arch});
  if (!edited.ok) return edited;
  if (edited.value.kind === 'clash') return ok({...result, edited: edited.value});
  const pinned = await pinInstalled(engine, {folder, pins: 'renew', names: [name], plat, arch});
  return pinned.ok ? ok({...result, edited: edited.value}) : pinned;
}

function one({brings}: CheckedPackage) {
  return brings.kind === 'lib' ? brings.lib : brings.interface;
}

/** A folder or file where there is one of that name with a slash or an ending; else npm's own words. */
async function specOf({host, folder}: Engine, what: string): Promise<Result<{readonly spec: string}>> {
  const isPath = /^(?:\.{0,2}\/|\.{1,2}$|~\/)/.test(what) || /\.(?:tgz|tar\.gz)$/.test(what);
  if (/^(?:git|github|gitlab|bitbucket|gist|https?|ssh)[+:]/.test(what) || !isPath) return ok({spec: what});
  const path = what.startsWith('~/') ? join(host.home, what.slice(2)) : resolve(folder, what);
  const facts = await host.facts((await host.realPath(path)) ?? path);
  if (facts === undefined) return fail([missing(`There is no ${what}.`)]);
  if (facts.kind === 'file') {
    if (/\.(?:tgz|tar\.gz)$/.test(what)) return ok({spec: path});
    return fail([
      missing(`${what} is a file, and no tarball.`, 'Add the folder that it lies in, or what lib pack made.'),
    ]);
  }
  const names = (await host.list(path)) ?? [];
  if (!names.includes('package.json')) {
    return fail([
      missing(`The folder ${what} has no package.json, so it is no package.`, 'kraft-ts lib new begins one.'),
    ]);
  }
  return ok({spec: path});
}

function missing(message: string, help?: string): Diagnostic {
  return {severity: 'error', message, ...(help !== undefined && {help})};
}

async function beginPackageJson({host}: Engine, folder: string): Promise<void> {
  const path = join(folder, 'package.json');
  if ((await host.facts(path)) === undefined) await host.writeFile(path, '{\n  "private": true\n}\n');
}

async function dependencies({host}: Engine, folder: string): Promise<Readonly<Record<string, string>>> {
  const {readPackageJson} = await import('../packages/index.ts');
  return readPackageJson((await host.readFile(join(folder, 'package.json'))) ?? '')?.dependencies ?? {};
}

/** What npm added: the one that is new or otherwise; where nothing is, the one that was meant. */
function nameAdded(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  spec: string,
): string {
  const changed = Object.keys(after).find((name) => after[name] !== before[name]);
  const meant = Object.keys(after).find((name) => spec === name || spec.startsWith(`${name}@`));
  const last =
    spec
      .replace(/\.git$|\.tgz$/, '')
      .split('/')
      .at(-1) ?? '';
  const near = Object.keys(after).find((name) => last.startsWith(name.split('/').at(-1) ?? name));
  const found = changed ?? meant ?? near;
  if (found === undefined) throw new Error(`Internal error: npm installed ${quote(spec)} under no name`);
  return found;
}

async function allowReplacing({host}: Engine, folder: string, name: string): Promise<void> {
  const path = join(folder, 'package.json');
  const manifest: unknown = JSON.parse((await host.readFile(path)) ?? '{}');
  if (typeof manifest !== 'object' || manifest === null) return;
  const {readPackageJson} = await import('../packages/index.ts');
  const before = readPackageJson(JSON.stringify(manifest))?.replaces ?? [];
  const own = 'kraft-ts' in manifest && typeof manifest['kraft-ts'] === 'object' ? manifest['kraft-ts'] : {};
  const replaces = [...new Set([...before, name])].sort();
  await host.writeFile(path, `${JSON.stringify({...manifest, 'kraft-ts': {...own, replaces}}, undefined, 2)}\n`);
}
