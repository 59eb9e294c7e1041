// SPDX-License-Identifier: BSD-3-Clause

import {interfaceName, type Location, libName, version, versionRange} from '../toolkit/base/index.ts';
import type {Catalog, Interface, Lib} from '../toolkit/catalog/index.ts';
import type {Question} from '../toolkit/solve/index.ts';
import type {Spec} from '../toolkit/spec/index.ts';

/** How large a made-up catalog is. */
export interface Shape {
  readonly seed: number;
  readonly libs: number;
  readonly versions: number;
  readonly needs: number;
  /** Interfaces with several providers; every lib besides provides one interface of its own. */
  readonly interfaces: number;
  readonly providers: number;
  /** Libs that the Kraftfile asks for. */
  readonly roots: number;
  /** The share of needs that ask for something far older than the lib that has them. */
  readonly laggards: number;
  /** Plant so many conflicts of three facts each: a root, another, and that the one excludes the other. */
  readonly conflicts?: number;
}

/**
 * A catalog from a seed: libs in layers that need what lies below, in versions whose needs differ, with ranges that
 * mostly fit. Every lib can be installed in some way, because the oldest versions ask for nothing in particular.
 */
export function madeUpQuestion(shape: Shape): Question {
  const random = mulberry32(shape.seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const at: Location = {source: {path: 'catalog', text: ''}, offset: 0, length: 0};
  const libs: Lib[] = [platform(at), arch(at)];
  const interfaces: Interface[] = [];
  const shared = Array.from({length: shape.interfaces}, (_, index) => `shared-${pad(index)}`);
  const own = Array.from({length: shape.libs}, (_, index) => `own-${pad(index)}`);
  for (const name of [...shared, ...own]) interfaces.push(face(name, at));
  const providing = shape.interfaces * shape.providers;
  for (let index = 0; index < shape.libs; index++) {
    // The first libs provide the shared interfaces, in turn.
    const offers = index < providing ? shared[index % shape.interfaces] : undefined;
    for (let age = 0; age < shape.versions; age++) {
      const number = shape.versions - age;
      const provides = [
        {interface: interfaceName(own[index] ?? ''), version: version(`${majorOf(number, shape)}.${number}.0`), at},
      ];
      if (offers !== undefined)
        provides.push({interface: interfaceName(offers), version: version(`1.${number}.0`), at});
      libs.push({
        ...emptyLib(`lib-${pad(index)}`, `1.${number}.0`, at),
        provides,
        needs: Array.from({length: shape.needs}, () => {
          // To shared interfaces, or to one lib's own; always further down, so that nothing goes in circles.
          const level = index < providing ? (index % shape.interfaces) + 1 : 0;
          const toShared = random() < 0.7 && level < shape.interfaces;
          const from = Math.max(providing, index + 1);
          const target = toShared
            ? shared[level + below(shape.interfaces - level)]
            : own[Math.min(shape.libs - 1, from + below(200))];
          if (target === own[index]) return need(own[index] ?? '', '*', at);
          // It was written against what there was then; now and then against something far older.
          const against = Math.max(
            1,
            Math.min(shape.versions, random() < shape.laggards ? 1 + below(number) : number - below(2)),
          );
          const range = toShared
            ? random() < 0.2
              ? `>=1.${against}.0`
              : '^1'
            : random() < 0.2
              ? `^${majorOf(against, shape)}.${against}.0`
              : `^${majorOf(against, shape)}`;
          return {
            interface: interfaceName(target ?? ''),
            version: versionRange(range),
            atLeast: 1,
            options: {},
            at,
          };
        }),
        measured: {size: 1000 + below(20_000)},
      });
    }
  }
  const planted: string[] = [];
  for (let index = 0; index < (shape.conflicts ?? 0); index++) {
    const [left, right] = [`left-${pad(index)}`, `right-${pad(index)}`];
    const exclusion = {lib: libName(right), version: versionRange('*'), at};
    libs.push({...emptyLib(left, '1.0.0', at), excludes: [exclusion]}, emptyLib(right, '1.0.0', at));
    planted.push(left, right);
  }
  const roots = Array.from({length: shape.roots}, () => `lib-${pad(providing + below(shape.libs - providing))}`);
  const wanted = [...new Set([...roots, ...planted])];
  const target = {platform: libName('machine'), arch: libName('cpu'), at};
  return {
    spec: {
      ...emptySpec(at),
      libraries: wanted.map((name) => ({name: libName(name), version: versionRange('*'), options: [], at})),
      targets: [target],
    },
    catalog: sorted({interfaces, libs}),
    target,
  };
}

function majorOf(number: number, shape: Shape): number {
  return number > shape.versions / 2 ? 2 : 1;
}

function sorted({interfaces, libs}: Catalog): Catalog {
  return {interfaces: [...interfaces].sort((a, b) => (a.name < b.name ? -1 : 1)), libs};
}

function need(name: string, range: string, at: Location): Lib['needs'][number] {
  return {interface: interfaceName(name), version: versionRange(range), atLeast: 1, options: {}, at};
}

function face(name: string, at: Location): Interface {
  return {
    name: interfaceName(name),
    version: version('1.0.0'),
    summary: '',
    cardinality: 'one',
    contract: 'closed',
    symbols: [],
    generated: [],
    uses: [],
    folder: '',
    headers: [],
    at,
  };
}

function platform(at: Location): Lib {
  return {...emptyLib('machine', '1.0.0', at), kind: 'platform'};
}

function arch(at: Location): Lib {
  return {...emptyLib('cpu', '1.0.0', at), kind: 'arch'};
}

function emptyLib(name: string, number: string, at: Location): Lib {
  return {
    kind: 'lib',
    name: libName(name),
    version: version(number),
    summary: '',
    license: 'BSD-3-Clause',
    provides: [],
    needs: [],
    excludes: [],
    options: [],
    exports: [],
    flags: [],
    budget: {},
    measured: {},
    sources: [],
    folder: '',
    files: [],
    origin: 'bundled',
    at,
  };
}

function emptySpec(at: Location): Spec {
  return {
    path: 'Kraftfile',
    folder: '',
    name: {value: 'bench', at},
    sources: [],
    include: [],
    flags: [],
    cmd: [],
    env: {},
    labels: {},
    needs: [],
    libraries: [],
    choose: [],
    prefer: [],
    minimize: [],
    volumes: [],
    targets: [],
  };
}

function pad(index: number): string {
  return String(index).padStart(5, '0');
}

/** Numbers that look random and are the same every time. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
