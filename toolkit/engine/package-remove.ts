// SPDX-License-Identifier: BSD-3-Clause

import {didYouMean, fail, libName, listing, ok, quote, type Result} from '../base/index.ts';
import type {Installed} from '../packages/index.ts';
import {type Edited, editProject} from './edit.ts';
import type {Engine} from './engine.ts';
import {pinInstalled} from './package-pins.ts';
import {npmDiagnostic, packagesFolder, remember} from './package-place.ts';
import {openCatalog} from './project.ts';
import type {TargetRequest} from './target.ts';

export interface RemoveRequest extends TargetRequest {
  readonly name: string;
  readonly apply?: number | undefined;
}

export interface Removed {
  readonly name: string;
  readonly version: string;
  /** Absent: the Kraftfile did not name it. */
  readonly edited?: Edited;
}

/** Takes a package out of the Kraftfile, the project and the lock. All of it, or nothing. */
export async function removePackage(engine: Engine, request: RemoveRequest): Promise<Result<Removed>> {
  const place = await packagesFolder(engine);
  if (!place.ok) return place;
  const {folder, kraftfile} = place.value;
  const {callNpm} = await import('../packages/index.ts');
  const found = await installedNamed(engine, folder, request.name);
  if (!found.ok) return found;
  const {name, version} = found.value;
  const undo = await remember(engine, folder);
  const edited = kraftfile ? await dropped(engine, {installed: found.value, folder, request}) : ok(undefined);
  if (!edited.ok) return edited;
  if (edited.value?.kind === 'clash') return ok({name, version, edited: edited.value});
  const called = await callNpm(engine.host, ['uninstall', name], {cwd: folder});
  if (!called.ok) {
    await undo();
    return fail([await npmDiagnostic(engine, called.error, {spec: name, folder})]);
  }
  const {plat, arch} = request;
  const pinned = kraftfile ? await pinInstalled(engine, {folder, pins: 'keep', plat, arch}) : ok(undefined);
  if (pinned.ok) return ok({name, version, ...(edited.value !== undefined && {edited: edited.value})});
  await undo();
  return pinned;
}

/** The installed package of this name; or of this name but for its scope. */
export async function installedNamed(engine: Engine, folder: string, name: string): Promise<Result<Installed>> {
  const {installedPackages, libNameOf} = await import('../packages/index.ts');
  const installed = await installedPackages(engine.host, folder);
  const found = installed.find((each) => each.name === name) ?? installed.find((each) => libNameOf(each.name) === name);
  if (found !== undefined) return ok(found);
  const names = installed.map((each) => each.name);
  const near = didYouMean(name, names);
  return fail([
    {
      severity: 'error',
      message: `No package ${quote(name)} is installed.`,
      help:
        near === undefined
          ? names.length === 0
            ? 'None is. kraft-ts add NAME installs one.'
            : `There ${names.length === 1 ? 'is' : 'are'} ${listing(names)}.`
          : `Did you mean ${quote(near)}?`,
    },
  ]);
}

async function dropped(
  engine: Engine,
  {
    installed,
    folder,
    request,
  }: {readonly installed: Installed; readonly folder: string; readonly request: RemoveRequest},
): Promise<Result<Edited | undefined>> {
  const catalog = await openCatalog({...engine, emit: () => undefined}, folder);
  if (!catalog.ok) return catalog;
  const libs = catalog.value.libs.filter((lib) => lib.folder === installed.folder).map(({name}) => libName(name));
  if (libs.length === 0) return ok(undefined);
  const {apply, plat, arch} = request;
  const edits = libs.map((lib) => ({kind: 'drop', lib}) as const);
  const edited = await editProject(engine, {wish: {kind: 'edits', edits}, apply, plat, arch});
  return edited.ok && edited.value.kind === 'unchanged' ? ok(undefined) : edited;
}
