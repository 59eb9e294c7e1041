// SPDX-License-Identifier: BSD-3-Clause

/** What an object defines for others and wants of them: not what is local, nor what it can do without (weak). */
export interface ObjectSymbols {
  readonly defines: readonly string[];
  readonly wants: readonly string[];
}

/** An owner of which not every object is in every image. Objects are named by their paths in the plan. */
export interface Archive {
  /** Symbols that others may want of it. */
  readonly keep: ReadonlySet<string>;
  /** Objects that are always in. */
  readonly inputs: readonly string[];
  /** Symbol → the members that may define it. */
  readonly mayDefine: ReadonlyMap<string, readonly string[]>;
}

export interface Reached {
  /** Members that define what is wanted, by an object that is in or another member that is reached. */
  readonly members: ReadonlySet<string>;
  /** Those, and every other that might define one of these symbols: to be made, if only to see that it does not. */
  readonly candidates: ReadonlySet<string>;
}

/**
 * Which members an image takes. Where two define a symbol, both are: which of them counts is the linker's affair (one
 * is weak, or the image has a mistake). So the answer depends neither on an order nor on what was made before.
 */
export function reach({
  archives,
  wanted,
  symbolsOf,
}: {
  archives: readonly Archive[];
  /** What everybody else wants. */
  wanted: Iterable<string>;
  /** Undefined where an object is not made yet. */
  symbolsOf: (object: string) => ObjectSymbols | undefined;
}): Reached {
  const members = new Set<string>();
  const candidates = new Set<string>();
  const own = archives.map(({inputs}) => inputs.flatMap((object) => symbolsOf(object) ?? []));
  const defined = own.map((objects) => new Set(objects.flatMap(({defines}) => defines)));
  const asked = archives.map(() => new Set<string>());
  const open: {readonly symbol: string; readonly by: number}[] = [
    ...[...wanted].map((symbol) => ({symbol, by: -1})),
    ...own.flatMap((objects, by) => objects.flatMap(({wants}) => wants.map((symbol) => ({symbol, by})))),
  ];
  for (const {symbol: written, by} of open) {
    // Whoever stands before a function calls it by this name.
    const symbol = written.replace(/^__real_/, '');
    for (const [index, {keep, mayDefine}] of archives.entries()) {
      if (index !== by && !keep.has(symbol)) continue;
      if (defined[index]?.has(symbol) === true || asked[index]?.has(symbol) === true) continue;
      asked[index]?.add(symbol);
      for (const member of mayDefine.get(symbol) ?? []) {
        candidates.add(member);
        const symbols = symbolsOf(member);
        if (symbols === undefined || members.has(member) || !symbols.defines.includes(symbol)) continue;
        members.add(member);
        open.push(...symbols.wants.map((each) => ({symbol: each, by: index})));
      }
    }
  }
  return {members, candidates};
}
