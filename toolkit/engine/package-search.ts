// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';
import type {Interface, Lib} from '../catalog/index.ts';
import type {Engine} from './engine.ts';
import {openLock} from './lock.ts';
import {pinOf} from './package-pins.ts';
import {npmDiagnostic, packagesFolder} from './package-place.ts';
import {openCatalog, projectFolder} from './project.ts';

/** A package that a registry has. */
export interface FoundPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

/** An installed package, what it brings, and whether it is as the lock pins it. */
export interface ListedPackage {
  readonly name: string;
  readonly version: string;
  readonly brings: string;
  readonly provides: readonly string[];
  /** `linked`: a folder, which may change. */
  readonly state: 'as pinned' | 'otherwise than pinned' | 'not pinned' | 'linked';
  readonly folder: string;
}

/** Packages of a registry that are for this toolkit and have to do with a word. */
export async function searchPackages(engine: Engine, word: string): Promise<Result<readonly FoundPackage[]>> {
  const folder = await projectFolder(engine);
  const {npmJson} = await import('../packages/index.ts');
  const found = await npmJson(engine.host, ['search', word, '--searchlimit=250'], {cwd: folder});
  if (!found.ok) return fail([await npmDiagnostic(engine, found.error, {spec: word, folder})]);
  const rows: readonly unknown[] = Array.isArray(found.value) ? found.value : [];
  return ok(rows.flatMap(packageOf));
}

function packageOf(row: unknown): readonly FoundPackage[] {
  if (typeof row !== 'object' || row === null) return [];
  const text = (key: string): string => (key in row ? String(Reflect.get(row, key)) : '');
  const keywords: unknown = 'keywords' in row ? row.keywords : [];
  const ours = Array.isArray(keywords) && keywords.includes('kraft-ts');
  return ours ? [{name: text('name'), version: text('version'), description: text('description')}] : [];
}

/** The packages of a project. */
export async function listPackages(engine: Engine): Promise<Result<readonly ListedPackage[]>> {
  const place = await packagesFolder(engine);
  if (!place.ok) return place;
  const {folder} = place.value;
  const {installedPackages} = await import('../packages/index.ts');
  const [catalog, lock] = [await openCatalog(engine, folder), await openLock(engine, folder)];
  if (!catalog.ok) return catalog;
  if (!lock.ok) return lock;
  const listed: ListedPackage[] = [];
  for (const installed of await installedPackages(engine.host, folder)) {
    const one: Lib | Interface | undefined =
      catalog.value.libs.find((each) => each.folder === installed.folder) ??
      catalog.value.interfaces.find((each) => each.folder === installed.folder);
    const pin = lock.value?.packages?.get(installed.name);
    const now = await pinOf(engine, installed);
    const same = pin?.version === now.version && pin.content === now.content && pin.integrity === now.integrity;
    const state = installed.link !== undefined ? 'linked' : same ? 'as pinned' : 'otherwise than pinned';
    listed.push({
      name: installed.name,
      version: installed.version,
      brings: one === undefined ? 'nothing' : one.name,
      provides: one !== undefined && 'provides' in one ? one.provides.map((each) => each.interface) : [],
      state: pin === undefined && installed.link === undefined ? 'not pinned' : state,
      folder: installed.folder,
    });
  }
  return ok(listed);
}
