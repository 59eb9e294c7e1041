// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName} from '../base/index.ts';
import type {Condition, Lib, Option, OptionValue} from '../catalog/index.ts';
import type {Clauses} from './clauses.ts';
import {type Candidate, couldServe, fitted, hasOptions, type Problem, provision} from './problem.ts';
import type {Literal} from './sat.ts';

/** What can be said about an image, as literals. Whatever cannot be is false. See docs/solver.md#the-encoding. */
export interface Vocabulary {
  /** The lib is in, in whatever version. */
  lib(name: LibName): Literal;
  /** One of these versions of one lib is in. */
  version(versions: readonly Lib[]): Literal;
  /** Literals of which one holds when one of these versions of one lib is in. */
  each(versions: readonly Lib[]): readonly Literal[];
  /** The lib is in and the option has this value. */
  value(name: LibName, option: string, value: OptionValue): Literal;
  /** Every value that matters of an option that somebody decides. */
  valuesOf(name: LibName, option: string): ReadonlyMap<OptionValue, Literal>;
  /** The options of a lib that somebody decides. */
  decided(name: LibName): Iterable<string>;
  versionsOf(name: LibName): readonly Lib[];
  /** The candidates that provide an interface, and when they do, by name. */
  providers(name: InterfaceName): readonly Provider[];
  /** All parts of the condition, for this lib. */
  condition(name: LibName, condition: Condition | undefined): Literal;
}

export interface Provider {
  readonly lib: LibName;
  readonly literal: Literal;
}

/** The variables of a problem, and the laws that bind them: one version, one value, one platform, one arch. */
export function vocabularyOf(problem: Problem, clauses: Clauses): Vocabulary {
  const never = -clauses.always;
  const candidates = new Map(problem.candidates.map((candidate) => [candidate.name, candidate]));
  const libs = new Map<LibName, Literal>();
  const single = new Map<Lib, Literal>();
  for (const candidate of problem.candidates) libs.set(candidate.name, versionLiterals(candidate, clauses, single));
  for (const kind of ['platform', 'arch'] as const) {
    const rivals = problem.candidates.filter((candidate) => candidate.kind === kind);
    clauses.atMostOne(
      rivals.map((candidate) => libs.get(candidate.name) ?? never),
      clauses.always,
    );
  }

  const lib = (name: LibName): Literal => libs.get(name) ?? never;
  const versionsOf = (name: LibName): readonly Lib[] => candidates.get(name)?.versions ?? [];
  function version(versions: readonly Lib[]): Literal {
    const [first] = versions;
    if (first === undefined) return never;
    if (versions.length === 1) return single.get(first) ?? never;
    if (versions.length === versionsOf(first.name).length) return lib(first.name);
    return clauses.some(each(versions));
  }
  function each(versions: readonly Lib[]): readonly Literal[] {
    const [first] = versions;
    if (first !== undefined && versions.length === versionsOf(first.name).length) return [lib(first.name)];
    return versions.map((of) => single.get(of) ?? never);
  }

  const providers = providersOf(problem, version);
  const values = valueLiterals(problem, {version, clauses, versionsOf, providers});
  return {
    lib,
    version,
    each,
    versionsOf,
    value: (name, option, value) => values.get(name)?.get(option)?.get(value) ?? never,
    valuesOf: (name, option) => values.get(name)?.get(option) ?? new Map(),
    decided: (name) => values.get(name)?.keys() ?? [],
    providers: (name) => providers.get(name) ?? [],
    condition(name, condition) {
      if (condition === undefined) return clauses.always;
      const parts = Object.entries(condition.options).map(
        ([option, value]) => values.get(name)?.get(option)?.get(value) ?? never,
      );
      if (condition.arch !== undefined) parts.push(lib(condition.arch));
      if (condition.platform !== undefined) parts.push(lib(condition.platform));
      return clauses.all(parts);
    },
  };
}

/** One version of a lib: returns the literal of the whole. */
function versionLiterals(candidate: Candidate, clauses: Clauses, single: Map<Lib, Literal>): Literal {
  const whole = clauses.newVariable();
  const [only] = candidate.versions;
  if (only !== undefined && candidate.versions.length === 1) {
    single.set(only, whole);
    return whole;
  }
  const literals = candidate.versions.map((of) => {
    const literal = clauses.newVariable();
    single.set(of, literal);
    clauses.add([-literal, whole]);
    return literal;
  });
  clauses.add([-whole, ...literals]);
  clauses.atMostOne(literals, clauses.always);
  return whole;
}

function providersOf(
  problem: Problem,
  version: Vocabulary['version'],
): ReadonlyMap<InterfaceName, readonly Provider[]> {
  const found = new Map<InterfaceName, Provider[]>();
  for (const candidate of problem.candidates) {
    const names = new Set(candidate.versions.flatMap((of) => of.provides.map((provided) => provided.interface)));
    for (const name of names) {
      const literal = version(candidate.versions.filter((of) => provision(of, name) !== undefined));
      const row = found.get(name);
      if (row === undefined) found.set(name, [{lib: candidate.name, literal}]);
      else row.push({lib: candidate.name, literal});
    }
  }
  return found;
}

type Values = Map<LibName, Map<string, Map<OptionValue, Literal>>>;

/** Options that facts of kind `defaults` name; of each, the values that some fact mentions. */
function valueLiterals(
  problem: Problem,
  {
    version,
    clauses,
    versionsOf,
    providers,
  }: Pick<Vocabulary, 'version' | 'versionsOf'> & {
    readonly clauses: Clauses;
    readonly providers: ReadonlyMap<InterfaceName, readonly Provider[]>;
  },
): Values {
  const values: Values = new Map();
  for (const fact of problem.facts) {
    if (fact.kind !== 'defaults') continue;
    const options = values.get(fact.lib) ?? new Map<string, Map<OptionValue, Literal>>();
    values.set(fact.lib, options);
    if (!options.has(fact.option.name)) options.set(fact.option.name, new Map());
  }
  if (values.size === 0) return values;
  const mention = (name: LibName, option: string, value: OptionValue): void => {
    const row = values.get(name)?.get(option);
    if (row !== undefined && !row.has(value)) row.set(value, clauses.newVariable());
  };
  const mentionAll = (name: LibName, options: Condition['options']): void => {
    for (const [option, value] of Object.entries(options)) mention(name, option, value);
  };
  for (const fact of problem.facts) {
    if (fact.kind === 'defaults') mention(fact.lib, fact.option.name, fact.option.default);
    if (fact.kind === 'sets') {
      for (const of of versionsOf(fact.lib))
        mentionAll(fact.lib, Object.fromEntries(fitted(of, {[fact.option]: fact.value}) ?? []));
    }
    if (fact.kind === 'excludes') mentionAll(fact.lib, fact.exclusion.when?.options ?? {});
    if (fact.kind !== 'needs') continue;
    mentionAll(fact.lib, fact.need.when?.options ?? {});
    if (!hasOptions(fact.need.options)) continue;
    for (const provider of providers.get(fact.need.interface) ?? []) {
      for (const of of versionsOf(provider.lib)) {
        if (couldServe(of, fact.need))
          mentionAll(provider.lib, Object.fromEntries(fitted(of, fact.need.options) ?? []));
      }
    }
  }
  // One more value that nobody mentions, so that "it has its default" is something that could be otherwise.
  for (const fact of problem.facts) {
    if (fact.kind !== 'defaults') continue;
    const spare = spareValue(fact.option, values.get(fact.lib)?.get(fact.option.name) ?? new Map());
    if (spare !== undefined) mention(fact.lib, fact.option.name, spare);
  }
  for (const [name, options] of values) {
    for (const [option, row] of options) {
      const literals = [...row.values()];
      const having = version(versionsOf(name).filter((of) => of.options.some((one) => one.name === option)));
      for (const literal of literals) clauses.add([-literal, having]);
      clauses.add([-having, ...literals]);
      clauses.atMostOne(literals, clauses.always);
    }
  }
  return values;
}

function spareValue(option: Option, taken: ReadonlyMap<OptionValue, Literal>): OptionValue | undefined {
  switch (option.type) {
    case 'boolean':
      return [true, false].find((value) => !taken.has(value));
    case 'enumeration':
      return option.values.find((value) => !taken.has(value));
    case 'string':
      return undefined;
    case 'integer':
    case 'size':
      for (let value = option.range[0]; value <= option.range[1]; value++) if (!taken.has(value)) return value;
      return undefined;
  }
}
