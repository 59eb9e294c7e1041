// SPDX-License-Identifier: BSD-3-Clause

import type {Host} from '../host/index.ts';
import type {CombineAction, Owner, Plan} from '../plan/index.ts';
import type {ArchiveOwner} from './archives.ts';
import {linkersOwn} from './audit-owner.ts';
import type {BuildPaths} from './build-paths.ts';
import {type Kept, madeAt} from './kept.ts';
import {objectSymbols, type SeenObject} from './object-symbols.ts';
import {type ObjectSymbols, type Reached, reach} from './reach.ts';

export interface Looking {
  readonly plan: Plan;
  readonly paths: BuildPaths;
  readonly kept: readonly Kept[];
  readonly archives: readonly ArchiveOwner[];
  /** What has been made. */
  readonly chosen: Reached;
  /** Symbols of objects as they were read last. */
  readonly seen: ReadonlyMap<string, SeenObject>;
  /** Owners whose every member has been made. */
  readonly whole: ReadonlySet<Owner>;
}

export interface Surroundings {
  readonly reached: Reached;
  /** Whether every object that was to be made is there: another build of the folder may have had other members in mind. */
  readonly isMade: boolean;
  readonly seen: ReadonlyMap<string, SeenObject>;
  /** Owner → what it promises and does not define, though somebody wants it or no source of its has the name. */
  readonly unmet: ReadonlyMap<Owner, ReadonlySet<string>>;
  /** Owners with something unmet, or that want what nobody has. */
  readonly short: ReadonlySet<Owner>;
}

/** Reads what the objects that are made want and define, and which members the image takes by that. */
export async function lookAround(host: Host, looking: Looking): Promise<Surroundings> {
  const {plan, paths, kept, archives, chosen, whole} = looking;
  const owners = new Set(archives.map(({owner}) => owner));
  const others = plan.actions
    .filter((one): one is CombineAction => one.kind === 'combine' && !owners.has(one.owner))
    .map(({output}) => output);
  const made = [
    ...others,
    ...archives.flatMap(({combine}) => [...combine.inputs, joined(combine)]),
    ...chosen.candidates,
  ];
  const where = new Map(made.map((output) => [output, madeAt(output, {kept, paths})]));
  const seen = await objectSymbols(host, {files: where.values(), seen: looking.seen});
  const symbolsOf = (output: string): ObjectSymbols | undefined => seen.get(where.get(output) ?? '');
  const wanted = new Set([
    ...others.flatMap((output) => symbolsOf(output)?.wants ?? []),
    ...archives.flatMap(({audit}) => audit.promises.flatMap((one) => (one.interface === 'start' ? [one.symbol] : []))),
  ]);
  const reached = reach({
    archives: archives.map((one) => ({
      keep: new Set(one.combine.keep),
      inputs: one.combine.inputs,
      mayDefine: whole.has(one.owner) ? defining(one.members, symbolsOf) : one.mayDefine,
    })),
    wanted,
    symbolsOf,
  });
  for (const member of reached.members) for (const symbol of symbolsOf(member)?.wants ?? []) wanted.add(symbol);
  const unmet = new Map(archives.map((one) => [one.owner, unmetOf(one, {wanted, reached, symbolsOf})] as const));
  const short = archives.filter(
    (one) => (unmet.get(one.owner)?.size ?? 0) > 0 || isAstray(one, symbolsOf(joined(one.combine))),
  );
  const isMade = [...chosen.candidates].every((output) => symbolsOf(output) !== undefined);
  return {reached, isMade, seen, unmet, short: new Set(short.map(({owner}) => owner))};
}

/** The joined objects with all their symbols. */
function joined({output}: CombineAction): string {
  return `${output}.all`;
}

/** Symbol → members, by what the compiler made of them. */
function defining(
  members: readonly string[],
  symbolsOf: (output: string) => ObjectSymbols | undefined,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const member of members) {
    for (const symbol of symbolsOf(member)?.defines ?? []) found.set(symbol, [...(found.get(symbol) ?? []), member]);
  }
  return found;
}

function unmetOf(
  {audit, combine, mayDefine}: ArchiveOwner,
  {
    wanted,
    reached,
    symbolsOf,
  }: {
    wanted: ReadonlySet<string>;
    reached: Reached;
    symbolsOf: (output: string) => ObjectSymbols | undefined;
  },
): ReadonlySet<string> {
  const objects = [...combine.inputs, ...(combine.members ?? []).filter((member) => reached.members.has(member))];
  const defined = new Set(objects.flatMap((output) => symbolsOf(output)?.defines ?? []));
  const promised = audit.promises.map(({symbol}) => symbol).filter((symbol) => !defined.has(symbol));
  return new Set(promised.filter((symbol) => wanted.has(symbol) || !mayDefine.has(symbol)));
}

/** Whether it wants what it may not, which another member may have. */
function isAstray({audit}: ArchiveOwner, symbols: ObjectSymbols | undefined): boolean {
  const mayWant = new Set([...audit.mayWant, ...linkersOwn]);
  return (symbols?.wants ?? []).some((symbol) => !mayWant.has(symbol));
}
