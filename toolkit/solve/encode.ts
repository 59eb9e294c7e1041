// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName} from '../base/index.ts';
import type {Lib, Need, OptionValue} from '../catalog/index.ts';
import {type Clauses, openClauses} from './clauses.ts';
import {limitSum} from './limit-sum.ts';
import {
  couldServe,
  type Fact,
  fitted,
  hasOptions,
  isOfTarget,
  isSoft,
  isUserFact,
  needOfApp,
  type Problem,
  provision,
} from './problem.ts';
import type {ClauseSink, Literal} from './sat.ts';
import {isWithin, majorOf} from './versions.ts';
import {type Vocabulary, vocabularyOf} from './vocabulary.ts';

/** A problem in clauses: what its parts are called there. */
export interface Encoding {
  readonly clauses: Clauses;
  readonly words: Vocabulary;
  /** The fact holds. */
  holds(fact: Fact): Literal;
  /** The need counts: the fact holds, its lib is in, and its condition holds. */
  active(fact: Fact): Literal;
  /** The budgets of the Kraftfile that are not in clauses yet. */
  readonly budgets: Set<Fact & {readonly kind: 'budget'}>;
  /** What asks for an option's value, by the value's literal. */
  readonly demands: ReadonlyMap<Literal, readonly Demand[]>;
  /** What brings a version in other than a need: the Kraftfile. */
  readonly roots: ReadonlyMap<Lib, readonly Literal[]>;
}

/** A fact that asks for an option's value, and when it does. */
export interface Demand {
  readonly fact: Fact;
  readonly literal: Literal;
}

type Draft = Encoding & {
  readonly problem: Problem;
  readonly demands: Map<Literal, Demand[]>;
  readonly roots: Map<Lib, Literal[]>;
  /** By interface. */
  readonly asked: Map<InterfaceName, Wish[]>;
  /** For each version, when somebody asks for something that it could serve. */
  readonly reasons: Map<Lib, Literal[]>;
};

/** What needs ask for alike: who could serve it, and when it is asked. */
interface Wish {
  readonly need: Need;
  /** Some need asks for it. */
  readonly asked: Literal;
  readonly when: Literal[];
  /** Versions of a provider that fit, and the options that they must have then. */
  readonly ways: readonly {readonly values: readonly Literal[]; readonly serves: Literal}[];
}

/** Which facts have a literal of their own, with which they hold: all, the user's, or what he can change. */
export type Selectable = 'every fact' | 'wishes' | 'what can change';

/** A problem as clauses. See docs/solver.md#the-encoding. */
export function encode(problem: Problem, sink: ClauseSink, selectable: Selectable): Encoding {
  const clauses = openClauses(sink);
  const selectors = new Map<Fact, Literal>();
  for (const fact of problem.facts) {
    const isSelectable = selectable === 'every fact' || (selectable === 'wishes' ? isUserFact(fact) : isSoft(fact));
    if (isSelectable) selectors.set(fact, clauses.newVariable());
  }
  const draft: Draft = {
    problem,
    clauses,
    words: vocabularyOf(problem, clauses),
    holds: (fact) => selectors.get(fact) ?? clauses.always,
    active: (fact) => {
      if (fact.kind !== 'needs') return draft.holds(fact);
      const {lib, versions, need} = fact;
      return clauses.all([draft.holds(fact), draft.words.version(versions), draft.words.condition(lib, need.when)]);
    },
    budgets: new Set(problem.facts.filter((fact) => fact.kind === 'budget')),
    demands: new Map(),
    roots: new Map(),
    asked: new Map(),
    reasons: new Map(),
  };
  for (const fact of problem.facts) encodeFact(draft, fact);
  for (const fact of problem.facts) if (fact.kind === 'defaults') encodeDefault(draft, fact);
  encodeMajors(draft);
  encodeReasons(draft);
  return draft;
}

function encodeFact(draft: Draft, fact: Fact): void {
  const {clauses, words, problem} = draft;
  const held = draft.holds(fact);
  switch (fact.kind) {
    case 'target-platform':
    case 'target-arch':
      return encodeRoot(draft, held, words.versionsOf(fact.lib));
    case 'wants-lib': {
      const fitting = words.versionsOf(fact.lib).filter((of) => isWithin(of.version, fact.range));
      if (isOfTarget(problem, fact)) return clauses.add([-held, -words.lib(fact.lib), words.version(fitting)]);
      return encodeRoot(draft, held, fitting);
    }
    case 'chooses':
      return encodeRoot(
        draft,
        held,
        words.versionsOf(fact.lib).filter((of) => provision(of, fact.interface) !== undefined),
      );
    case 'wants-interface':
      return encodeNeed(draft, fact, needOfApp(fact), [held]);
    case 'sets':
      return encodeSetting(draft, fact, held);
    case 'needs':
      if (held === clauses.always && fact.need.when === undefined)
        return encodeNeed(draft, fact, fact.need, words.each(fact.versions));
      return encodeNeed(draft, fact, fact.need, [draft.active(fact)]);
    case 'excludes': {
      const {lib, version, when} = fact.exclusion;
      if (lib === fact.lib) return;
      const others = words.version(words.versionsOf(lib).filter((of) => isWithin(of.version, version)));
      return clauses.add([-held, -words.version(fact.versions), -words.condition(fact.lib, when), -others]);
    }
    case 'limits':
      return clauses.add([-held, -words.version(fact.versions), ...fact.names.map((name) => words.lib(name))]);
    case 'accepts':
      for (const setting of problem.facts) {
        if (setting.kind !== 'sets' || setting.lib !== fact.lib || setting.option !== fact.option.name) continue;
        const refusing = fact.versions.filter((of) => fitted(of, {[setting.option]: setting.value}) === undefined);
        clauses.add([-held, -draft.holds(setting), -words.version(refusing)]);
      }
      return;
    case 'takes-one':
      return clauses.atMostOne(
        words.providers(fact.interface).map((provider) => provider.literal),
        held,
      );
    case 'defaults':
      return; // once every demand is known
    case 'budget':
    case 'weighs':
      return; // when it matters: see encodeBudget
  }
}

function encodeRoot({clauses, words, roots}: Draft, held: Literal, versions: readonly Lib[]): void {
  clauses.add([-held, words.version(versions)]);
  for (const of of versions) push(roots, of, held);
}

/** A version that knows the option has it so; one that does not is out. What it takes is for `accepts`. */
function encodeSetting(draft: Draft, fact: Fact & {kind: 'sets'}, held: Literal): void {
  const {clauses, words} = draft;
  const asked = new Map<OptionValue, Lib[]>();
  for (const of of words.versionsOf(fact.lib)) {
    if (!of.options.some((option) => option.name === fact.option)) clauses.add([-held, -words.version([of])]);
    for (const [, value] of fitted(of, {[fact.option]: fact.value}) ?? []) push(asked, value, of);
  }
  for (const [value, versions] of asked) {
    const literal = words.value(fact.lib, fact.option, value);
    clauses.add([-held, -words.version(versions), literal]);
    push(draft.demands, literal, {fact, literal: held});
  }
}

/** Enough providers serve, when one of these holds: they are in, in a version that can, with the options asked for. */
function encodeNeed(draft: Draft, fact: Fact, need: Need, occasions: readonly Literal[]): void {
  const {clauses, demands} = draft;
  const when = occasions.filter((literal) => literal !== -clauses.always);
  if (when.length === 0) return;
  const wish = wishOf(draft, need);
  for (const literal of when) {
    wish.when.push(literal);
    clauses.add([-literal, wish.asked]);
  }
  for (const way of wish.ways) {
    const literal = clauses.all([draft.active(fact), way.serves]);
    for (const value of way.values) push(demands, value, {fact, literal});
  }
}

/** What a need asks of its providers, which others may ask just so. */
function wishOf(draft: Draft, need: Need): Wish {
  const known = draft.asked.get(need.interface)?.find((wish) => asksAlike(wish.need, need));
  if (known !== undefined) return known;
  const asked = draft.clauses.newVariable();
  const wish = {need, asked, when: [], ways: hasOptions(need.options) ? askForOptions(draft, need, asked) : []};
  if (!hasOptions(need.options)) askForProviders(draft, need, asked);
  push(draft.asked, need.interface, wish);
  return wish;
}

/** Any version that fits will do, however its options are. */
function askForProviders({words, clauses, reasons}: Draft, need: Need, asked: Literal): void {
  const clause = [-asked];
  const serving: Literal[] = [];
  for (const {lib} of words.providers(need.interface)) {
    const fitting = words.versionsOf(lib).filter((of) => couldServe(of, need));
    if (fitting.length === 0) continue;
    for (const of of fitting) push(reasons, of, asked);
    if (need.atLeast === 1) clause.push(...words.each(fitting));
    else serving.push(words.version(fitting));
  }
  if (need.atLeast !== 1) clause.push(clauses.atLeast(need.atLeast, serving));
  clauses.add(clause);
}

function askForOptions({words, clauses, problem, reasons}: Draft, need: Need, asked: Literal): Wish['ways'] {
  const takesOne = problem.interfaces.get(need.interface)?.cardinality === 'one';
  const serving: Literal[] = [];
  const ways: {values: readonly Literal[]; serves: Literal}[] = [];
  for (const {lib} of words.providers(need.interface)) {
    const own = waysToServe(words.versionsOf(lib), need).map((way) => {
      const fitting = words.version(way.versions);
      for (const of of way.versions) push(reasons, of, asked);
      const values = way.options.map(([option, value]) => words.value(lib, option, value));
      // A single provider must be as everybody asks; of many, those that are so count.
      if (takesOne) for (const value of values) clauses.add([-asked, -fitting, value]);
      return {values, serves: clauses.all([fitting, ...values])};
    });
    if (own.length > 0) serving.push(clauses.some(own.map((way) => way.serves)));
    ways.push(...own);
  }
  clauses.add([-asked, ...(need.atLeast === 1 ? serving : [clauses.atLeast(need.atLeast, serving)])]);
  return ways;
}

function asksAlike(a: Need, b: Need): boolean {
  return a.version === b.version && a.atLeast === b.atLeast && optionsKey(a) === optionsKey(b);
}

function optionsKey({options}: Need): string {
  if (!hasOptions(options)) return '';
  const names = Object.keys(options).sort();
  return JSON.stringify(names.map((name) => [name, options[name]]));
}

/** The versions that could serve a need, by what the options that it asks for are in them: one way, as a rule. */
function waysToServe(
  all: readonly Lib[],
  need: Need,
): readonly {readonly versions: readonly Lib[]; readonly options: readonly (readonly [string, OptionValue])[]}[] {
  const ways = new Map<string, {versions: Lib[]; options: readonly (readonly [string, OptionValue])[]}>();
  for (const of of all) {
    if (!couldServe(of, need)) continue;
    const options = fitted(of, need.options) ?? [];
    const key = JSON.stringify(options);
    const way = ways.get(key);
    if (way === undefined) ways.set(key, {versions: [of], options});
    else way.versions.push(of);
  }
  return [...ways.values()];
}

/** An option has its default, unless somebody asks for another value. */
function encodeDefault({clauses, words, demands, holds}: Draft, fact: Fact & {kind: 'defaults'}): void {
  for (const [value, literal] of words.valuesOf(fact.lib, fact.option.name)) {
    if (value === fact.option.default) continue;
    clauses.add([
      -holds(fact),
      -words.version(fact.versions),
      -literal,
      ...(demands.get(literal) ?? []).map((demand) => demand.literal),
    ]);
  }
}

/** The sum of what has a budget. Long, and most budgets are ample: so it is made when an answer first exceeds one. */
export function encodeBudget(
  {clauses, words, holds, budgets}: Encoding,
  budget: Fact & {readonly kind: 'budget'},
  facts: readonly Fact[],
): void {
  budgets.delete(budget);
  const terms = facts.flatMap((fact) =>
    fact.kind === 'weighs' && fact.of === budget.of
      ? [{literal: clauses.all([holds(fact), words.version(fact.versions)]), weight: fact.figure}]
      : [],
  );
  limitSum(clauses, terms, {most: budget.most, when: holds(budget)});
}

/** Providers of one interface in one image share its major version. */
function encodeMajors({problem, clauses, words}: Draft): void {
  for (const name of problem.interfaces.keys()) {
    const majors = new Map<string, Literal[]>();
    const providers = words.providers(name);
    if (providers.length < 2) continue; // one lib is in in one version
    for (const {lib} of providers) {
      for (const of of words.versionsOf(lib)) {
        const provided = provision(of, name);
        if (provided !== undefined) push(majors, majorOf(provided), words.version([of]));
      }
    }
    if (majors.size > 1)
      clauses.atMostOne(
        [...majors.values()].map((literals) => clauses.some(literals)),
        clauses.always,
      );
  }
}

/** Nothing is in without a reason. Reasons that go in a circle are dealt with when they turn up: see founded.ts. */
function encodeReasons({problem, clauses, words, roots, asked, reasons}: Draft): void {
  for (const wishes of asked.values()) for (const wish of wishes) clauses.add([-wish.asked, ...wish.when]);
  for (const candidate of problem.candidates) {
    const each = candidate.versions.map((of) => [...(roots.get(of) ?? []), ...(reasons.get(of) ?? [])]);
    const [first = []] = each;
    const alike = each.every(
      (reason) => reason.length === first.length && reason.every((literal, index) => literal === first[index]),
    );
    if (alike) clauses.add([-words.lib(candidate.name), ...first]);
    else
      candidate.versions.forEach((of, index) => {
        clauses.add([-words.version([of]), ...(each[index] ?? [])]);
      });
  }
}

function push<K, V>(rows: Map<K, V[]>, key: K, value: V): void {
  const row = rows.get(key);
  if (row === undefined) rows.set(key, [value]);
  else row.push(value);
}
