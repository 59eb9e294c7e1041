// SPDX-License-Identifier: BSD-3-Clause

import type {CatalogView, InterfaceView, LibView, OptionView} from '../../toolkit/engine.ts';

/** One thing of the catalog, as a search finds it. */
export interface Entry {
  readonly kind: 'lib' | 'interface' | 'option';
  readonly name: string;
  /** Of an option. */
  readonly lib?: LibView;
  readonly option?: OptionView;
  readonly text: string;
  /** All of its words, in lower case. */
  readonly words: string;
}

/** A catalog, with what is looked up in it again and again. */
export interface CatalogIndex {
  readonly libs: ReadonlyMap<string, LibView>;
  readonly interfaces: ReadonlyMap<string, InterfaceView>;
  /** Libs that provide an interface. */
  readonly providers: ReadonlyMap<string, readonly LibView[]>;
  /** Libs that need an interface. */
  readonly users: ReadonlyMap<string, readonly LibView[]>;
  /** Sorted; libs in their own order. */
  readonly categories: readonly {readonly name: string; readonly libs: readonly LibView[]}[];
  readonly platforms: readonly LibView[];
  readonly arches: readonly LibView[];
  readonly entries: readonly Entry[];
}

/** An index that is made part by part, so that no part takes long. */
export interface IndexDraft {
  add(part: CatalogView): void;
  index(): CatalogIndex;
}

export function draftIndex(): IndexDraft {
  const libs = new Map<string, LibView>();
  const interfaces = new Map<string, InterfaceView>();
  const providers = new Map<string, LibView[]>();
  const users = new Map<string, LibView[]>();
  const categories = new Map<string, LibView[]>();
  const entries: Entry[] = [];
  return {
    add(part) {
      for (const lib of part.libs) {
        libs.set(lib.name, lib);
        for (const name of lib.provides) push(providers, name, lib);
        for (const need of lib.needs) push(users, need.interface, lib);
        if (lib.kind === 'lib') push(categories, lib.category, lib);
        entries.push(entry('lib', lib.name, lib.summary, {lib}));
        for (const option of lib.options)
          entries.push(entry('option', `${lib.name}.${option.name}`, option.means, {lib, option}));
      }
      for (const each of part.interfaces) {
        interfaces.set(each.name, each);
        entries.push(entry('interface', each.name, each.summary, {}));
      }
    },
    index: () => ({
      libs,
      interfaces,
      providers,
      users,
      categories: [...categories]
        .map(([name, of]) => ({name, libs: of}))
        .sort((one, other) => rank(one.name) - rank(other.name) || (one.name < other.name ? -1 : 1)),
      platforms: [...libs.values()].filter(({kind}) => kind === 'platform'),
      arches: [...libs.values()].filter(({kind}) => kind === 'arch'),
      entries,
    }),
  };
}

/** What has no category comes last. */
function rank(category: string): number {
  return category === 'other' ? 1 : 0;
}

function entry(kind: Entry['kind'], name: string, text: string, more: Pick<Entry, 'lib' | 'option'>): Entry {
  return {kind, name, text, words: `${name} ${text}`.toLowerCase(), ...more};
}

/** At most `most` entries that have every word: those whose name begins with the first word, then by name, then by text. */
export function search({entries}: CatalogIndex, query: string, most: number): readonly Entry[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first = ''] = words;
  if (first === '') return [];
  const ranked: Entry[][] = [[], [], [], []];
  for (const each of entries) {
    if (!words.every((word) => each.words.includes(word))) continue;
    const name = each.name.toLowerCase();
    const place = name.startsWith(first) ? (each.kind === 'option' ? 1 : 0) : name.includes(first) ? 2 : 3;
    const row = ranked[place];
    if (row !== undefined && row.length < most) row.push(each);
  }
  return ranked.flat().slice(0, most);
}

function push<T>(rows: Map<string, T[]>, key: string, value: T): void {
  const row = rows.get(key);
  if (row === undefined) rows.set(key, [value]);
  else row.push(value);
}
