// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../../base/index.ts';
import type {Catalog, Lib} from '../../catalog/index.ts';
import type {Solution} from '../../solve/index.ts';
import type {Target} from '../../spec/index.ts';
import type {Engine} from '../engine.ts';
import {memoryOf, sizeOf} from '../what-if-cost.ts';

/** What an image is thought to come to. Bytes and instructions. */
export interface Estimate {
  readonly libs: number;
  readonly size: number;
  readonly memory: number;
  /** Instructions until main, of the libs that have a figure; undefined where none has. */
  readonly boot: number | undefined;
  /** Libs without any figure of their size. */
  readonly unknown: number;
}

/** What the last build of a target measured, as image.json says. */
export interface LastBuild {
  /** Bytes in memory, all segments. */
  readonly loaded: number;
  /** Bytes of what belongs to no lib: the app, what was generated, alignment. */
  readonly rest: Figures;
  readonly libs: Readonly<Record<LibName, Figures>>;
}

export interface Figures {
  readonly size: number;
  readonly memory: number;
}

/** A lib's figures: what the last build measured of it; else what its manifest says. */
export function figuresOf(lib: Lib, built: LastBuild | undefined): Partial<Figures> {
  const measured = built?.libs[lib.name];
  if (measured !== undefined) return measured;
  const [size, memory] = [sizeOf(lib), memoryOf(lib)];
  return {...(size !== undefined && {size}), ...(memory !== undefined && {memory})};
}

export function estimate({libs}: Solution, catalog: Catalog, built: LastBuild | undefined): Estimate {
  const versions = new Map(catalog.libs.map((lib) => [`${lib.name} ${lib.version}`, lib]));
  const chosen = libs.flatMap(({name, version}) => versions.get(`${name} ${version}`) ?? []);
  const figures = chosen.map((lib) => figuresOf(lib, built));
  const boots = chosen.flatMap((lib) => lib.measured.boot ?? []);
  const sum = (part: keyof Figures): number =>
    figures.reduce((total, each) => total + (each[part] ?? 0), built?.rest[part] ?? 0);
  return {
    libs: libs.length,
    size: sum('size'),
    memory: sum('memory'),
    boot: boots.length === 0 ? undefined : boots.reduce((total, each) => total + each, 0),
    unknown: figures.filter((each) => each.size === undefined).length,
  };
}

/** What stands in the build folder of a target, if anything does. */
export async function lastBuild(
  {host}: Engine,
  folder: string,
  target: Pick<Target, 'platform' | 'arch'>,
): Promise<LastBuild | undefined> {
  const [{buildFolder}, {openImage}] = await Promise.all([
    import('../../build/index.ts'),
    import('../../machine/index.ts'),
  ]);
  const image = await openImage(host, buildFolder({project: folder}, target));
  if (!image.ok) return undefined;
  const {loaded, shares} = image.value.facts;
  const nobody = ['app', 'generated', 'alignment'];
  const rows = shares.map(({owner, text, rodata, data, bss}) => ({
    owner,
    size: text + rodata + data,
    memory: text + rodata + data + bss,
  }));
  const rest = rows.filter(({owner}) => nobody.includes(owner));
  return {
    loaded,
    rest: {size: total(rest, 'size'), memory: total(rest, 'memory')},
    libs: Object.fromEntries(
      rows.filter(({owner}) => !nobody.includes(owner)).map(({owner, size, memory}) => [owner, {size, memory}]),
    ),
  };
}

function total(rows: readonly Figures[], part: keyof Figures): number {
  return rows.reduce((sum, row) => sum + row[part], 0);
}
