// SPDX-License-Identifier: BSD-3-Clause

import {basename, join, resolve} from 'node:path';
import {fail, ok, quote, type Result} from '../base/index.ts';
import type {Catalog, Interface, Lib, Shelved} from '../catalog/index.ts';
import type {Comparison, Surface} from '../compare/index.ts';
import type {CompilerName} from '../plan/index.ts';
import {type ContractHeaders, type HeaderContext, interfaceHeaders, libHeaders} from './contract-headers.ts';
import type {Engine} from './engine.ts';
import {openCatalog, projectFolder} from './project.ts';

export interface CompareRequest {
  /** Folders with a lib.yaml or an interface.yaml: the older version, and the newer. Relative to the engine's. */
  readonly before: string;
  readonly after: string;
  readonly compiler?: CompilerName | undefined;
  /** Whose sizes and alignments count; absent: the first arch of the catalog. */
  readonly arch?: string | undefined;
}

/** Two versions of a lib or an interface, compared: every change, the bump that they ask for, and whether it was made. */
export async function compareFolders(engine: Engine, request: CompareRequest): Promise<Result<Comparison>> {
  const catalog = await openCatalog(engine, await projectFolder(engine));
  if (!catalog.ok) return catalog;
  const {loadFolder} = await import('../catalog/index.ts');
  const [before, after] = await Promise.all(
    [request.before, request.after].map((folder) =>
      loadFolder(engine.host, resolve(engine.folder, folder), catalog.value),
    ),
  );
  if (before === undefined || after === undefined) throw new Error('Internal error: two folders are two results');
  if (!before.ok || !after.ok) return fail([before, after].flatMap((one) => (one.ok ? [] : one.error)));
  const [one, other] = [manifestOf(before.value), manifestOf(after.value)];
  if (before.value.kind !== after.value.kind || one.name !== other.name) {
    const message = `Expected two versions of one lib or interface, but was the ${before.value.kind} ${quote(one.name)} and the ${after.value.kind} ${quote(other.name)}.`;
    return fail([
      {severity: 'error', message, at: other.at, notes: [{message: 'The older version is this.', at: one.at}]},
    ]);
  }
  const folder = await engine.host.makeTemporaryFolder('kraft-ts-compare-');
  try {
    const context = {engine, catalog: catalog.value, folder, request};
    const surfaces = await bothSurfaces([before.value, after.value], context);
    if (!surfaces.ok) return surfaces;
    return ok(await judge([before.value, after.value], surfaces.value));
  } finally {
    await engine.host.remove(folder);
  }
}

type Pair<T> = readonly [T, T];

function manifestOf(one: Shelved): Lib | Interface {
  return one.kind === 'lib' ? one.lib : one.interface;
}

async function judge([before, after]: Pair<Shelved>, surfaces: Pair<Surface | undefined>): Promise<Comparison> {
  const {compareInterfaces, compareLibs, compareSurfaces, verdict} = await import('../compare/index.ts');
  const [older, newer] = [manifestOf(before), manifestOf(after)];
  const [was, is] = surfaces;
  const declared = new Set(
    [was, is].flatMap((one) => [...(one?.functions.keys() ?? []), ...(one?.variables.keys() ?? [])]),
  );
  const manifests =
    before.kind === 'lib' && after.kind === 'lib'
      ? compareLibs(before.lib, after.lib, {declared})
      : before.kind === 'interface' && after.kind === 'interface'
        ? compareInterfaces(before.interface, after.interface, {declared})
        : [];
  const definedByOthers = new Set(after.kind === 'interface' ? after.interface.symbols : []);
  const headers = compareSurfaces(was ?? nothing, is ?? nothing, {definedByOthers});
  const facts = {kind: after.kind, name: newer.name, before: older.version, after: newer.version};
  return verdict(facts, [...manifests, ...headers]);
}

const nothing: Surface = {
  functions: new Map(),
  variables: new Map(),
  records: new Map(),
  constants: new Map(),
  typedefs: new Map(),
  macros: new Map(),
};

interface Context extends HeaderContext {
  readonly request: CompareRequest;
}

async function bothSurfaces(pair: Pair<Shelved>, context: Context): Promise<Result<Pair<Surface | undefined>>> {
  const [before, after] = [await surfaceOf(pair[0], context), await surfaceOf(pair[1], context)];
  if (!before.ok) return before;
  return after.ok ? ok([before.value, after.value]) : after;
}

/** What its headers declare; undefined where it has none. */
async function surfaceOf(one: Shelved, context: Context): Promise<Result<Surface | undefined>> {
  const folder = await context.engine.host.makeTemporaryFolder(join(context.folder, 'made-'));
  const headers =
    one.kind === 'lib'
      ? await libHeaders(one.lib, {...context, folder})
      : await interfaceHeaders(one.interface, {...context, folder});
  if (!headers.ok) return headers;
  if (headers.value.headers.length === 0) return ok(undefined);
  return readHeaders(one, headers.value, context);
}

async function readHeaders(
  one: Shelved,
  headers: ContractHeaders,
  {engine, catalog, request}: Context,
): Promise<Result<Surface>> {
  const compile = archOf(catalog, request.arch)?.compile;
  if (compile === undefined) return fail([noArch(catalog, request.arch)]);
  const {findToolchain} = await import('../build/index.ts');
  const {storeFolder} = await import('../store/index.ts');
  const compiler = request.compiler ?? 'gcc';
  const found = {compiler, triple: compile.triple, cacheFolder: storeFolder(engine.host)};
  const toolchain = await findToolchain(engine.host, found);
  if (!toolchain.ok) return toolchain;
  const {readSurface} = await import('../compare/index.ts');
  const target = compiler === 'clang' ? [`--target=${compile.triple}`] : [];
  return readSurface(engine.host, {
    toolchain: toolchain.value,
    flags: [...target, ...compile.flags],
    ...headers,
    symbols: one.kind === 'lib' ? one.lib.exports : [...one.interface.symbols, ...one.interface.generated],
    name: `${basename(manifestOf(one).folder)}`,
  });
}

function archOf({libs}: Catalog, name: string | undefined): Lib | undefined {
  return libs.find((lib) => lib.kind === 'arch' && (name === undefined || lib.name === name));
}

function noArch({libs}: Catalog, name: string | undefined) {
  const names = libs.filter(({kind}) => kind === 'arch').map((lib) => lib.name);
  return {
    severity: 'error' as const,
    message: name === undefined ? 'The catalog has no arch.' : `There is no arch ${quote(name)}.`,
    help: `There is ${names.join(', ')}.`,
  };
}
