// SPDX-License-Identifier: BSD-3-Clause

import {isAbsolute, join, relative} from 'node:path';
import {isUnit, type SourceText} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {Lib} from './lib.ts';

/**
 * A folder that holds `libs/`, `platforms/` and `arch/`, or some of them; or, of origin `package`, one lib or one
 * interface, whatever the folder is called.
 */
export interface CatalogRoot {
  /** Absolute. */
  readonly folder: string;
  readonly origin: Lib['origin'];
  /** Libs and interfaces of the toolkit that a package may take the place of, under their names. */
  readonly replaces?: readonly string[];
}

/** A folder in which a manifest is, or should be. */
export interface Manifest {
  readonly kind: 'lib' | 'interface';
  /** Where it lies decides what it must be. */
  readonly place: 'libs' | 'platforms' | 'arch' | 'fake' | 'interfaces' | 'package';
  readonly folder: string;
  readonly origin: Lib['origin'];
  /** Absent: the folder has no manifest. */
  readonly source?: SourceText;
  /** The manifest as messages show it. */
  readonly shown: string;
  /** Lib: `src/**`. */
  readonly files: readonly string[];
  /** `include/**`, relative to it. */
  readonly headers: readonly string[];
}

/** Every manifest under a root, and the files that lie beside it, sorted by folder. */
export async function findManifests(host: Host, root: CatalogRoot): Promise<readonly Manifest[]> {
  if (root.origin === 'package') return packageManifests();
  const at = (...names: readonly string[]): string => join(root.folder, ...names);
  const [libs, interfaces, platforms, arches] = await Promise.all(
    [at('libs'), at('libs', 'interfaces'), at('platforms'), at('arch')].map(
      async (folder) => (await host.list(folder)) ?? [],
    ),
  );
  const found = await Promise.all([
    ...folders(libs)
      .filter((name) => name !== 'interfaces')
      .map((name) => readLib(at('libs', name), 'libs')),
    ...folders(interfaces)
      .filter((name) => name !== 'base')
      .flatMap((name) => [
        readInterface(at('libs', 'interfaces', name)),
        readLib(at('libs', 'interfaces', name, 'fake'), 'fake'),
      ]),
    ...folders(platforms).map((name) => readLib(at('platforms', name), 'platforms')),
    ...folders(arches).map((name) => readLib(at('arch', name), 'arch')),
  ]);
  return found.filter((manifest) => manifest !== undefined);

  /** With two manifests, or none, both are looked at, and whoever checks them says so. */
  async function packageManifests(): Promise<readonly Manifest[]> {
    const names = (await host.list(root.folder)) ?? [];
    const [lib, contract, fake] = await Promise.all([
      names.includes('lib.yaml') ? readLib(root.folder, 'package') : undefined,
      names.includes('interface.yaml') ? readInterface(root.folder) : undefined,
      names.includes('fake') ? readLib(join(root.folder, 'fake'), 'fake') : undefined,
    ]);
    return [lib, contract, fake].filter((manifest) => manifest !== undefined);
  }

  async function readLib(folder: string, place: Manifest['place']): Promise<Manifest | undefined> {
    const path = join(folder, 'lib.yaml');
    const [names, text] = await Promise.all([host.list(folder), host.readFile(path)]);
    if (text === undefined && place === 'fake') return undefined;
    const under = (name: string): Promise<readonly string[]> =>
      names?.includes(name) === true ? filesIn(host, join(folder, name)) : Promise.resolve([]);
    const [sources, headers] = await Promise.all([under('src'), under('include')]);
    const files = sources.filter(isUnit).map((file) => `src/${file}`);
    const shown = shownPath(host, path);
    const manifest = {kind: 'lib', place, folder, origin: root.origin, shown, files, headers} as const;
    return text === undefined ? manifest : {...manifest, source: {path: shown, text}};
  }

  async function readInterface(folder: string): Promise<Manifest> {
    const path = join(folder, 'interface.yaml');
    const [text, headers] = await Promise.all([host.readFile(path), filesIn(host, join(folder, 'include'))]);
    const shown = shownPath(host, path);
    const manifest = {
      kind: 'interface',
      place: 'interfaces',
      folder,
      origin: root.origin,
      shown,
      files: [],
      headers,
    } as const;
    return text === undefined ? manifest : {...manifest, source: {path: shown, text}};
  }
}

/** Names that can be folders: what has an ending is a file that lies about, such as README.md. */
function folders(names: readonly string[] = []): readonly string[] {
  return names.filter((name) => !name.startsWith('.') && !/\.(md|ya?ml|json|txt)$/.test(name));
}

/** Deeper than any lib's folders; a link may lead back up. */
const deepest = 8;

/** Files below `folder`/`under`, relative to `folder`, sorted. Names without an ending are looked into as folders. */
export async function filesIn(host: Host, folder: string, under = ''): Promise<readonly string[]> {
  if (under.split('/').length > deepest) return [];
  const names = await host.list(join(folder, under));
  const found = await Promise.all(
    (names ?? []).map(async (name) => {
      const path = under === '' ? name : `${under}/${name}`;
      return name.includes('.') ? [path] : filesIn(host, folder, path);
    }),
  );
  return found.flat().sort();
}

function shownPath(host: Host, path: string): string {
  const shown = relative(host.cwd, path);
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown;
}
