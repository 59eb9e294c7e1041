// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type InterfaceName, ok, type Result} from '../base/index.ts';
import type {Catalog, Interface, Lib} from '../catalog/index.ts';
import type {Engine} from './engine.ts';
import {sourceTexts} from './source-texts.ts';

/** Folders of headers, absolute, and which headers in them are a contract's own. */
export interface ContractHeaders {
  /** For -I, in order. */
  readonly include: readonly string[];
  /** Those of them that belong to it. */
  readonly own: readonly string[];
  /** As `#include` names them. */
  readonly headers: readonly string[];
}

export interface HeaderContext {
  readonly engine: Engine;
  readonly catalog: Catalog;
  /** A folder for headers that are made; whoever asks removes it. */
  readonly folder: string;
}

/** The headers of an interface that has its own, and what they include. */
export async function interfaceHeaders(one: Interface, context: HeaderContext): Promise<Result<ContractHeaders>> {
  const own = join(one.folder, 'include');
  const others = await foldersOf(one.uses, context);
  return others.ok ? ok({include: [own, ...others.value], own: [own], headers: one.headers}) : others;
}

/** The headers that a lib offers for its open interfaces: its own, those of its sources, those made of them. */
export async function libHeaders(lib: Lib, context: HeaderContext): Promise<Result<ContractHeaders>> {
  const offered = await offeredBy(lib, context);
  if (!offered.ok) return offered;
  const others = await foldersOf(
    [...lib.needs.map((need) => need.interface), ...lib.provides.map((one) => one.interface)].filter(
      (name) => !isOpenOf(name, lib, context.catalog),
    ),
    context,
  );
  if (!others.ok) return others;
  const {listFiles} = await import('../build/index.ts');
  const headers = await Promise.all(
    offered.value.map(async (folder) =>
      (await listFiles(context.engine.host, folder)).filter((file) => file.endsWith('.h')),
    ),
  );
  const names = [...new Set(headers.flat())].sort();
  return ok({include: [...offered.value, ...others.value], own: offered.value, headers: names});
}

function isOpenOf(name: InterfaceName, lib: Lib, {interfaces}: Catalog): boolean {
  const open = interfaces.find((one) => one.name === name)?.contract === 'open';
  return open && lib.provides.some((one) => one.interface === name);
}

async function offeredBy(lib: Lib, context: HeaderContext): Promise<Result<readonly string[]>> {
  const {fetchSource, storeFolder} = await import('../store/index.ts');
  const {host, emit} = context.engine;
  const folders = lib.headers === undefined || lib.headers.length === 0 ? [] : [join(lib.folder, 'include')];
  for (const source of lib.sources) {
    if (source.offer.length === 0 && source.headers.length === 0) continue;
    const fetched = await fetchSource(host, source, emit);
    if (!fetched.ok) return fetched;
    folders.push(...source.offer.map((inner) => join(fetched.value.folder, inner)));
  }
  if (lib.sources.every(({headers}) => headers.length === 0)) return ok(folders);
  const {madeHeaders} = await import('../plan/index.ts');
  const store = join(storeFolder(host), 'sources');
  const texts = await sourceTexts(host, {libs: [lib], places: {store}});
  const made = madeHeaders(lib, {texts});
  const place = (path: string): string => join(context.folder, path.replace('$build/', ''));
  for (const {output, content} of made) await host.writeFile(place(output), content);
  const roots = lib.sources
    .filter(({headers}) => headers.length > 0)
    .map(({name}) => place(`$build/generated/${lib.name}/${name}`));
  return ok([...roots, ...folders]);
}

/** What whoever names these interfaces sees; of an open one, what the provider with most symbols offers. */
export async function foldersOf(
  names: readonly InterfaceName[],
  context: HeaderContext,
): Promise<Result<readonly string[]>> {
  const {interfaces, libs} = context.catalog;
  const folders: string[] = [];
  const seen = new Set<InterfaceName>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const one = interfaces.find((each) => each.name === name);
    if (one === undefined || seen.has(name)) continue;
    seen.add(name);
    queue.push(...one.uses);
    if (one.contract === 'closed') {
      folders.push(join(one.folder, 'include'));
      continue;
    }
    const providers = libs.filter((lib) => lib.provides.some((each) => each.interface === name));
    const [provider] = [...providers].sort((a, b) => b.exports.length - a.exports.length);
    if (provider === undefined) continue;
    const offered = await offeredBy(provider, context);
    if (!offered.ok) return offered;
    folders.push(...offered.value);
  }
  return ok([...new Set([...folders, join(context.engine.kit, 'libs/interfaces/base/include')])]);
}
