// SPDX-License-Identifier: BSD-3-Clause

import type {LeftOut} from './choose-files.ts';
import type {Compiled} from './trial.ts';

/** Which files make the library, and what they want of others. */
export interface Settled {
  readonly files: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly defines: ReadonlySet<string>;
  /** Symbol → the files that want it, of what no file of the library defines; sorted. */
  readonly wants: ReadonlyMap<string, readonly string[]>;
  /** Of those, what nobody has who could be asked. */
  readonly unresolved: readonly string[];
}

/**
 * Leaves out programs, second definitions of a symbol, and files that want what nobody has, as far as no other file
 * wants what they define.
 */
export function settle(
  compiled: readonly Compiled[],
  {
    included = new Map(),
    isKnown,
  }: {
    /** Files that others include, and the words for that. */
    readonly included?: ReadonlyMap<string, string>;
    readonly isKnown: (symbol: string) => boolean;
  },
): Settled {
  const leftOut: LeftOut[] = [];
  let kept = withWanted(compiled, {included, isKnown});
  for (const {file} of compiled) {
    const because = kept.every((one) => one.file !== file) ? included.get(file) : undefined;
    if (because !== undefined) leftOut.push({file, because});
  }
  const drop = (file: string, because: string): void => {
    kept = kept.filter((one) => one.file !== file);
    leftOut.push({file, because});
  };
  for (const {file, defines} of kept) if (defines.includes('main')) drop(file, 'is a program');
  for (const [file, {symbol, other}] of secondDefinitions(kept))
    drop(file, `defines ${symbol}, which ${other} defines too`);
  for (let found = withoutHope(kept, isKnown); found !== undefined; found = withoutHope(kept, isKnown))
    drop(found.file, `wants ${found.symbol}, which no interface has`);
  const wants = wantsOf(kept);
  return {
    files: kept.map(({file}) => file).sort(),
    leftOut,
    defines: definesOf(kept),
    wants,
    unresolved: [...wants.keys()].filter((symbol) => !isKnown(symbol)),
  };
}

/** All files but those that others include; of these, the ones that define what is wanted and nobody else has. */
function withWanted(
  compiled: readonly Compiled[],
  {included, isKnown}: {readonly included: ReadonlyMap<string, string>; readonly isKnown: (symbol: string) => boolean},
): Compiled[] {
  const kept = compiled.filter(({file}) => !included.has(file));
  const spare = compiled.filter(({file}) => included.has(file));
  for (;;) {
    const wanted = [...wantsOf(kept).keys()].filter((symbol) => !isKnown(symbol));
    const index = spare.findIndex(({defines}) => defines.some((symbol) => wanted.includes(symbol)));
    if (index === -1) return kept;
    kept.push(...spare.splice(index, 1));
  }
}

function definesOf(files: readonly Compiled[]): ReadonlySet<string> {
  return new Set(files.flatMap(({defines}) => defines));
}

function wantsOf(files: readonly Compiled[]): ReadonlyMap<string, readonly string[]> {
  const defined = definesOf(files);
  const wants = new Map<string, string[]>();
  for (const {file, wants: symbols} of files) {
    for (const symbol of symbols) if (!defined.has(symbol)) wants.set(symbol, [...(wants.get(symbol) ?? []), file]);
  }
  return new Map([...wants].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The shallower file counts, then the one with more definitions: the other is a variant of it. */
function secondDefinitions(files: readonly Compiled[]): ReadonlyMap<string, {symbol: string; other: string}> {
  const depth = ({file}: Compiled): number => file.split('/').length;
  const order = [...files].sort(
    (one, other) =>
      depth(one) - depth(other) || other.defines.length - one.defines.length || (one.file < other.file ? -1 : 1),
  );
  const owners = new Map<string, string>();
  const second = new Map<string, {symbol: string; other: string}>();
  for (const {file, defines, weak} of order) {
    const strong = defines.filter((symbol) => !weak.includes(symbol));
    const taken = strong.find((symbol) => owners.has(symbol));
    if (taken !== undefined) second.set(file, {symbol: taken, other: owners.get(taken) ?? ''});
    else for (const symbol of strong) owners.set(symbol, file);
  }
  return second;
}

/** A file that wants what nobody has, and that nobody else in the library wants. */
function withoutHope(
  files: readonly Compiled[],
  isKnown: (symbol: string) => boolean,
): {readonly file: string; readonly symbol: string} | undefined {
  const defined = definesOf(files);
  const wanted = new Set<string>();
  const counts = new Map<string, number>();
  for (const {wants} of files) for (const symbol of new Set(wants)) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  for (const symbol of counts.keys()) wanted.add(symbol);
  if (files.length < 2) return undefined;
  for (const {file, defines, wants} of files) {
    const symbol = wants.find((one) => !defined.has(one) && !isKnown(one));
    if (symbol === undefined) continue;
    const own = new Set(wants);
    const needed = defines.some((one) => wanted.has(one) && (counts.get(one) ?? 0) > (own.has(one) ? 1 : 0));
    if (!needed) return {file, symbol};
  }
  return undefined;
}
