// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';
import type {Engine} from './engine.ts';
import {checkPackage} from './package-check.ts';
import {pinInstalled} from './package-pins.ts';
import {npmDiagnostic, packagesFolder, remember} from './package-place.ts';
import {installedNamed} from './package-remove.ts';
import type {TargetRequest} from './target.ts';

export interface UpdateRequest extends TargetRequest {
  /** Absent: every package. */
  readonly name?: string | undefined;
}

/** A package before and after. */
export interface Updated {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** A package of which the registry has a newer version. */
export interface Outdated {
  readonly name: string;
  readonly current: string;
  /** The newest that package.json allows; and of all. */
  readonly wanted: string;
  readonly latest: string;
}

/** Has npm take the newest versions that package.json allows, and pins them. */
export async function updatePackages(engine: Engine, request: UpdateRequest): Promise<Result<readonly Updated[]>> {
  const place = await packagesFolder(engine);
  if (!place.ok) return place;
  const {folder, kraftfile} = place.value;
  const {callNpm, installedPackages} = await import('../packages/index.ts');
  const meant = request.name === undefined ? undefined : await installedNamed(engine, folder, request.name);
  if (meant?.ok === false) return meant;
  const names = meant === undefined ? undefined : [meant.value.name];
  const undo = await remember(engine, folder);
  const before = await installedPackages(engine.host, folder);
  const called = await callNpm(engine.host, ['update', '--save', ...(names ?? [])], {cwd: folder});
  if (!called.ok)
    return fail([await npmDiagnostic(engine, called.error, {spec: names?.[0] ?? 'package.json', folder})]);
  const after = await installedPackages(engine.host, folder);
  for (const each of after) {
    const checked = await checkPackage(engine, each.folder);
    if (checked.ok) continue;
    await undo();
    return checked;
  }
  const {plat, arch} = request;
  const renewed = names ?? after.map(({name}) => name);
  const pinned = kraftfile
    ? await pinInstalled(engine, {folder, pins: 'renew', names: renewed, plat, arch})
    : ok(undefined);
  if (!pinned.ok) {
    await undo();
    return pinned;
  }
  return ok(
    after.flatMap(({name, version}): readonly Updated[] => {
      const old = before.find((each) => each.name === name);
      return old === undefined || old.version === version ? [] : [{name, before: old.version, after: version}];
    }),
  );
}

/** Packages of which there are newer versions than are installed. */
export async function outdatedPackages(engine: Engine): Promise<Result<readonly Outdated[]>> {
  const place = await packagesFolder(engine);
  if (!place.ok) return place;
  const {folder} = place.value;
  const {installedPackages, npmJson} = await import('../packages/index.ts');
  const installed = await installedPackages(engine.host, folder);
  if (installed.length === 0) return ok([]);
  const asked = await npmJson(engine.host, ['outdated', '--all'], {cwd: folder});
  if (!asked.ok) return fail([await npmDiagnostic(engine, asked.error, {spec: 'package.json', folder})]);
  const rows = typeof asked.value === 'object' && asked.value !== null ? Object.entries(asked.value) : [];
  return ok(
    rows.flatMap(([name, found]: [string, unknown]): readonly Outdated[] => {
      const own = installed.find((each) => each.name === name);
      const [row] = Array.isArray(found) ? found : [found];
      if (own === undefined || typeof row !== 'object' || row === null) return [];
      const text = (key: string): string => (key in row ? String(Reflect.get(row, key)) : '');
      return [{name, current: own.version, wanted: text('wanted'), latest: text('latest')}];
    }),
  );
}
