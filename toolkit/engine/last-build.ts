// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import type {ImageFacts} from '../plan/index.ts';
import type {Target} from '../spec/index.ts';
import type {Engine} from './engine.ts';

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

/** What stands in the build folder of a target, if anything does. */
export async function lastBuild(
  {host}: Engine,
  folder: string,
  target: Pick<Target, 'platform' | 'arch'>,
): Promise<LastBuild | undefined> {
  const [{buildFolder}, {openImage}] = await Promise.all([import('../build/index.ts'), import('../machine/index.ts')]);
  const image = await openImage(host, buildFolder({project: folder}, target));
  if (!image.ok) return undefined;
  return measuredIn(image.value.facts);
}

function measuredIn({loaded, shares}: ImageFacts): LastBuild {
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

/** Bytes that a lib adds to an image, as measured or promised. */
function sizeOf({measured, budget: {text, data}}: Lib): number | undefined {
  return measured.size ?? sum([text, data]);
}

/** Bytes of memory that it takes at rest, likewise. */
function memoryOf({measured, budget: {text, data, bss}}: Lib): number | undefined {
  return measured.memory ?? sum([text, data, bss]);
}

function sum(parts: readonly (number | undefined)[]): number | undefined {
  return parts.every((part) => part === undefined)
    ? undefined
    : parts.reduce<number>((total, part) => total + (part ?? 0), 0);
}
