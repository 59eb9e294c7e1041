// SPDX-License-Identifier: BSD-3-Clause

import {join, resolve} from 'node:path';
import {type Diagnostic, didYouMean, fail, listing, ok, quote, type Result} from '../base/index.ts';
import type {Catalog, Interface} from '../catalog/index.ts';
import type {NewLanguage} from '../scaffold/index.ts';
import type {Engine} from './engine.ts';
import {openCatalog, projectFolder, shown} from './project.ts';

export interface NewLibRequest {
  /** Of the lib, and of the folder that it is written into, in the engine's. */
  readonly name: string;
  /** An interface. */
  readonly provides: string;
  readonly license?: string | undefined;
  /** Absent: C. */
  readonly language?: NewLanguage | undefined;
}

export interface Written {
  readonly folder: string;
  readonly files: readonly string[];
}

/** Begins a lib: a package whose every function is there, and does nothing yet. */
export async function newLib(engine: Engine, request: NewLibRequest): Promise<Result<Written>> {
  const catalog = await openCatalog(engine, await projectFolder(engine));
  if (!catalog.ok) return catalog;
  const {interfaces, libs} = catalog.value;
  const named = checkName(request.name, {
    taken: [...libs, ...interfaces],
    example: `Libs are named for what they provide and how, as in ${request.provides}-mine.`,
  });
  if (named !== undefined) return fail([named]);
  const wanted = interfaces.find(({name}) => name === request.provides);
  if (wanted === undefined) return fail([noInterface(request.provides, catalog.value)]);
  if (wanted.contract === 'open') return fail([openContract(wanted)]);
  const {libFiles} = await import('../scaffold/index.ts');
  const files = libFiles({
    name: request.name,
    license: request.license ?? 'BSD-3-Clause',
    provides: {interface: wanted, headers: await headerTexts(engine, wanted)},
    others: libs.filter(
      (lib) => lib.kind === 'lib' && !lib.onlyByName && lib.provides.some(({interface: name}) => name === wanted.name),
    ),
    language: request.language ?? 'c',
    toolkit: await toolkitVersion(engine),
  });
  return files.ok ? write(engine, request.name, files.value) : files;
}

/** Begins an interface: a package with a contract of one function, its suite, its fake and its benchmark. */
export async function newInterface(
  engine: Engine,
  {name, license}: {readonly name: string; readonly license?: string | undefined},
): Promise<Result<Written>> {
  const catalog = await openCatalog(engine, await projectFolder(engine));
  if (!catalog.ok) return catalog;
  const named = checkName(name, {
    taken: [...catalog.value.libs, ...catalog.value.interfaces],
    example: 'Interfaces are named for what they are of, as in alloc.',
  });
  if (named !== undefined) return fail([named]);
  const {interfaceFiles} = await import('../scaffold/index.ts');
  const toolkit = await toolkitVersion(engine);
  return write(engine, name, interfaceFiles({name, license: license ?? 'BSD-3-Clause', toolkit}));
}

async function write(engine: Engine, name: string, files: ReadonlyMap<string, string>): Promise<Result<Written>> {
  const folder = resolve(engine.folder, name);
  if ((await engine.host.facts(folder)) !== undefined) {
    return fail([
      {
        severity: 'error',
        message: `${shown(engine, folder)} is there already.`,
        help: 'Take another name, or move it away.',
      },
    ]);
  }
  for (const [file, text] of files) await engine.host.writeFile(join(folder, file), text);
  return ok({folder, files: [...files.keys()]});
}

async function headerTexts({host}: Engine, {folder, headers}: Interface): Promise<readonly string[]> {
  const texts = await Promise.all(headers.map((header) => host.readFile(join(folder, 'include', header))));
  return texts.filter((text) => text !== undefined);
}

/** What the toolkit's package.json says. */
export async function toolkitVersion({host, kit}: Engine): Promise<string> {
  const manifest: unknown = JSON.parse((await host.readFile(join(kit, 'package.json'))) ?? '{}');
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error(`Internal error: ${kit} has no version`);
}

function checkName(
  name: string,
  {taken, example}: {readonly taken: readonly {readonly name: string}[]; readonly example: string},
): Diagnostic | undefined {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    return {
      severity: 'error',
      message: `Nothing can be called ${quote(name)}: small letters, digits and single dashes make a name.`,
      help: example,
    };
  }
  if (taken.every((each) => each.name !== name)) return undefined;
  return {
    severity: 'error',
    message: `The name ${quote(name)} is taken: the catalog has it.`,
    help: 'Take another: a package under a name of the catalog is refused by whoever adds it.',
  };
}

function noInterface(name: string, {interfaces}: Catalog): Diagnostic {
  const names = interfaces.filter(({contract}) => contract === 'closed').map((each) => each.name);
  const near = didYouMean(name, names);
  return {
    severity: 'error',
    message: `There is no interface ${quote(name)}.`,
    help: near === undefined ? `There are ${listing(names)}.` : `Did you mean ${quote(near)}?`,
  };
}

function openContract({name, at}: Interface): Diagnostic {
  return {
    severity: 'error',
    message: `The interface ${quote(name)} is open: its headers are each provider's own, so there is nothing to write stubs from.`,
    at,
    help: 'Begin with lib import, or with the folder of another provider.',
  };
}
