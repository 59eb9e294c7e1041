// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName} from '../base/index.ts';
import type {Condition, Lib, Need, OptionValue} from '../catalog/index.ts';
import {couldServe, type Fact, fitted, isUserFact, type NeedFact, needOfApp, type Problem} from './problem.ts';

/** A set of libs, one version each, with the options that somebody decided: a claim, to be held against a problem. */
export interface Selection {
  readonly versions: ReadonlyMap<LibName, Lib>;
  /** Undefined: nobody decides this option. */
  value(lib: LibName, option: string): OptionValue | undefined;
}

/** What of a selection can be built up from the Kraftfile, and by which facts. */
export interface Founded {
  /** In the order of their discovery, nearest to the Kraftfile first. */
  readonly libs: ReadonlyMap<LibName, {readonly lib: Lib; readonly because: readonly Fact[]}>;
  /** Options asked for by something that is in, and by what. */
  readonly asked: ReadonlyMap<
    LibName,
    ReadonlyMap<string, {readonly value: OptionValue; readonly because: readonly Fact[]}>
  >;
  /** Options of libs that are in whose value is neither the default nor asked for by anything that is in. */
  readonly baseless: readonly {readonly lib: LibName; readonly option: string; readonly value: OptionValue}[];
}

type Draft = {
  readonly libs: Map<LibName, {lib: Lib; because: Fact[]}>;
  readonly asked: Map<LibName, Map<string, {value: OptionValue; because: Fact[]}>>;
};

/** Finds, again and again, what part of a selection stands on facts. */
export interface Foundation {
  build(selection: Selection, holds: (fact: Fact) => boolean): Founded;
  needs(lib: Lib): readonly NeedFact[];
}

/** See docs/solver.md#the-image. */
export function openFoundation(problem: Problem): Foundation {
  const needsOf = new Map<LibName, NeedFact[]>();
  const defaultsOf = new Map<LibName, (Fact & {kind: 'defaults'})[]>();
  for (const fact of problem.facts) {
    if (fact.kind === 'needs') push(needsOf, fact.lib, fact);
    if (fact.kind === 'defaults') push(defaultsOf, fact.lib, fact);
  }
  const wishes = problem.facts.filter(isUserFact);
  const needs = (lib: Lib): readonly NeedFact[] =>
    needsOf.get(lib.name)?.filter((fact) => fact.versions.includes(lib)) ?? [];
  return {
    needs,
    build(selection, holds) {
      const providers = selectedProviders(selection);
      const draft: Draft = {libs: new Map(), asked: new Map()};
      const hasOwnReason = (lib: Lib, option: string, value: OptionValue): boolean => {
        if (lib.options.find((one) => one.name === option)?.default === value) return true;
        if (draft.asked.get(lib.name)?.get(option)?.value === value) return true;
        const byDefault = defaultsOf
          .get(lib.name)
          ?.find((fact) => fact.option.name === option && fact.versions.includes(lib));
        return byDefault !== undefined && !holds(byDefault);
      };
      const waiting: Lib[] = [];
      const unserved = new Set<NeedFact>();
      const bringIn = (lib: Lib | undefined, fact: Fact): void => {
        if (lib === undefined) return;
        const known = draft.libs.get(lib.name);
        if (known !== undefined) {
          known.because.push(fact);
          return;
        }
        draft.libs.set(lib.name, {lib, because: [fact]});
        waiting.push(lib);
      };
      const serve = (need: Need, fact: Fact): void => {
        for (const lib of providers.get(need.interface) ?? []) {
          const options = couldServe(lib, need) ? fitted(lib, need.options) : undefined;
          if (options === undefined || options.some(([option, value]) => selection.value(lib.name, option) !== value))
            continue;
          bringIn(lib, fact);
          for (const [option, value] of options) ask(draft, {lib: lib.name, option, value, fact});
        }
      };
      for (const fact of wishes) {
        if (!holds(fact)) continue;
        if (fact.kind === 'wants-interface') serve(needOfApp(fact), fact);
        if (fact.kind === 'sets') {
          const lib = selection.versions.get(fact.lib);
          for (const [option, value] of (lib && fitted(lib, {[fact.option]: fact.value})) ?? [])
            ask(draft, {lib: fact.lib, option, value, fact});
        }
        if (
          fact.kind === 'target-platform' ||
          fact.kind === 'target-arch' ||
          fact.kind === 'wants-lib' ||
          fact.kind === 'chooses'
        ) {
          bringIn(selection.versions.get(fact.lib), fact);
        }
      }
      for (let changed = true; changed; ) {
        changed = false;
        for (const lib of waiting.splice(0)) for (const fact of needs(lib)) unserved.add(fact);
        for (const fact of unserved) {
          if (!holds(fact) || !met({selection, draft, hasOwnReason}, fact)) continue;
          unserved.delete(fact);
          serve(fact.need, fact);
          changed = true;
        }
      }
      return {libs: draft.libs, asked: draft.asked, baseless: baseless(selection, draft, hasOwnReason)};
    },
  };
}

function selectedProviders(selection: Selection): ReadonlyMap<InterfaceName, readonly Lib[]> {
  const providers = new Map<InterfaceName, Lib[]>();
  for (const lib of selection.versions.values())
    for (const provided of lib.provides) push(providers, provided.interface, lib);
  return providers;
}

function push<K, V>(rows: Map<K, V[]>, key: K, value: V): void {
  const row = rows.get(key);
  if (row === undefined) rows.set(key, [value]);
  else row.push(value);
}

function ask(
  draft: Draft,
  {lib, option, value, fact}: {lib: LibName; option: string; value: OptionValue; fact: Fact},
): void {
  const options = draft.asked.get(lib) ?? new Map<string, {value: OptionValue; because: Fact[]}>();
  draft.asked.set(lib, options);
  const known = options.get(option);
  if (known === undefined) options.set(option, {value, because: [fact]});
  else if (known.value === value && !known.because.includes(fact)) known.because.push(fact);
}

type HasOwnReason = (lib: Lib, option: string, value: OptionValue) => boolean;

/** Whether a need's condition holds on what is built up so far. */
function met(
  {selection, draft, hasOwnReason}: {selection: Selection; draft: Draft; hasOwnReason: HasOwnReason},
  fact: NeedFact,
): boolean {
  const condition: Condition = fact.need.when ?? {options: {}};
  if (condition.arch !== undefined && !draft.libs.has(condition.arch)) return false;
  if (condition.platform !== undefined && !draft.libs.has(condition.platform)) return false;
  const lib = selection.versions.get(fact.lib);
  return Object.entries(condition.options).every(
    ([option, value]) =>
      lib !== undefined && selection.value(fact.lib, option) === value && hasOwnReason(lib, option, value),
  );
}

function baseless(selection: Selection, draft: Draft, hasOwnReason: HasOwnReason): Founded['baseless'] {
  return [...draft.libs.values()].flatMap(({lib}) =>
    lib.options.flatMap((option) => {
      const value = selection.value(lib.name, option.name);
      return value === undefined || hasOwnReason(lib, option.name, value)
        ? []
        : [{lib: lib.name, option: option.name, value}];
    }),
  );
}
