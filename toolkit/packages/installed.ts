// SPDX-License-Identifier: BSD-3-Clause

import {join, resolve} from 'node:path';
import type {Host} from '../host/index.ts';
import {isObject, parse, readPackageJson} from './package-json.ts';

/** A package in a project's node_modules that brings a lib or an interface. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** Absolute. */
  readonly folder: string;
  /** The range of versions of the toolkit that it is for. */
  readonly toolkit: string;
  /** Of the tarball that it came from, as npm writes it: `sha512-…`. */
  readonly integrity?: string;
  /** It is a link to a folder, relative to the project: what lies there counts, however it changes. */
  readonly link?: string;
}

/** What npm installed in a project and is for this toolkit, sorted by where it lies. */
export async function installedPackages(host: Host, project: string): Promise<readonly Installed[]> {
  const hidden = await host.readFile(join(project, 'node_modules', '.package-lock.json'));
  const found = hidden === undefined ? await walked(host, project) : await listed(host, project, hidden);
  return [...found].sort((one, other) => (one.folder < other.folder ? -1 : 1));
}

/** npm writes down what it installed, with the engines of each: no other package is looked at. */
async function listed(host: Host, project: string, text: string): Promise<readonly Installed[]> {
  const lock = parse(text);
  const packages = isObject(lock) && isObject(lock.packages) ? lock.packages : {};
  const found = Object.entries(packages).map(async ([path, entry]): Promise<Installed | undefined> => {
    if (!isObject(entry) || !path.startsWith('node_modules/')) return undefined;
    const link = entry.link === true && typeof entry.resolved === 'string' ? entry.resolved : undefined;
    const facts = link === undefined ? entry : packages[link];
    const folder = join(project, path);
    // Of a link, only the folder itself says how it is now.
    if (link !== undefined) return read(host, folder, {link});
    if (!isObject(facts) || !isObject(facts.engines)) return undefined;
    const toolkit = facts.engines['kraft-ts'];
    if (typeof toolkit !== 'string' || typeof facts.version !== 'string') return undefined;
    const {integrity, version} = facts;
    return {name: nameIn(path), version, folder, toolkit, ...(typeof integrity === 'string' && {integrity})};
  });
  return (await Promise.all(found)).filter((one) => one !== undefined);
}

/** What another tool than npm installed. */
async function walked(host: Host, project: string): Promise<readonly Installed[]> {
  const root = join(project, 'node_modules');
  const names = (await host.list(root)) ?? [];
  const scoped = await Promise.all(
    names
      .filter((name) => name.startsWith('@'))
      .map(async (scope) => ((await host.list(join(root, scope))) ?? []).map((name) => `${scope}/${name}`)),
  );
  const plain = names.filter((name) => !name.startsWith('@') && !name.startsWith('.'));
  const found = await Promise.all([...plain, ...scoped.flat()].map((name) => read(host, resolve(root, name), {})));
  return found.filter((one) => one !== undefined);
}

async function read(host: Host, folder: string, more: Pick<Installed, 'link'>): Promise<Installed | undefined> {
  const facts = readPackageJson((await host.readFile(join(folder, 'package.json'))) ?? '');
  if (facts?.toolkit === undefined) return undefined;
  return {name: facts.name, version: facts.version, folder, toolkit: facts.toolkit, ...more};
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
