// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName, Version} from '../base/index.ts';
import type {Catalog, Interface, Lib} from '../catalog/index.ts';
import {budgeted, type Spec, type Target} from '../spec/index.ts';
import {keep} from './keep.ts';
import type {Lock} from './lock.ts';
import {manifestFacts} from './manifest-facts.ts';
import type {Candidate, Kept, Problem, UserFact} from './problem.ts';
import {isPreRelease, isWithin, newestFirst} from './versions.ts';

/** What the solver is asked. */
export interface Question {
  readonly spec: Spec;
  readonly catalog: Catalog;
  readonly target: Target;
  /** What an earlier answer decided is kept where it can be. */
  readonly lock?: Lock;
  /** What the lock does not hold on to: everything, or these libs. */
  readonly update?: 'everything' | readonly LibName[];
}

/** The question as a problem: what can be reached from the Kraftfile, and every fact about it. See docs/solver.md#the-problem. */
export function pose(question: Question): Problem {
  const {spec, catalog, target} = question;
  const kept = keep(question);
  const facts = userFacts(question);
  const named = new Set(
    facts.flatMap((fact) => (fact.kind === 'wants-lib' || fact.kind === 'chooses' ? [fact.lib] : [])),
  );
  const all = versionsByName(catalog);
  const eligible = [...all.values()].flatMap((versions) => eligibleVersions(versions, facts, kept));
  const choosable = eligible.filter((lib) => lib.onlyByName !== true || named.has(lib.name));
  const reached = openReach(choosable)(facts);
  const candidates = [...reached.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const interfaces = interfacesOf(catalog, candidates, facts);
  return {
    platform: target.platform,
    arch: target.arch,
    candidates,
    interfaces,
    facts: [...facts, ...manifestFacts(candidates, interfaces, facts)],
    unnamed: eligible.filter((lib) => lib.onlyByName === true && !named.has(lib.name)),
    prefer: spec.prefer.map((lib) => lib.value),
    minimize: spec.minimize.map((goal) => goal.value),
    kept,
  };
}

function userFacts({spec, target, catalog}: Question): readonly UserFact[] {
  const facts: UserFact[] = [
    {kind: 'target-platform', lib: target.platform, at: target.at},
    {kind: 'target-arch', lib: target.arch, at: target.at},
  ];
  for (const need of sortedBy(spec.needs, (need) => need.name)) {
    facts.push({kind: 'wants-interface', interface: need.name, range: need.version, at: need.at});
  }
  const others = new Set(catalog.libs.flatMap((lib) => (lib.kind === 'lib' ? [] : [lib.name])));
  others.delete(target.platform);
  others.delete(target.arch);
  // What is said of another target's platform or arch has no part in this one.
  const libraries = sortedBy(
    spec.libraries.filter((request) => !others.has(request.name)),
    (request) => request.name,
  );
  for (const request of libraries)
    facts.push({kind: 'wants-lib', lib: request.name, range: request.version, at: request.at});
  for (const choice of sortedBy(spec.choose, (choice) => `${choice.interface.value} ${choice.provider.value}`)) {
    facts.push({
      kind: 'chooses',
      interface: choice.interface.value,
      lib: choice.provider.value,
      at: choice.provider.at,
    });
  }
  for (const request of libraries) {
    for (const setting of sortedBy(request.options, (setting) => setting.name)) {
      facts.push({kind: 'sets', lib: request.name, option: setting.name, value: setting.value, at: setting.at});
    }
  }
  for (const of of budgeted) {
    const most = spec.budget?.[of];
    if (most !== undefined) facts.push({kind: 'budget', of, most: most.value, at: most.at});
  }
  return facts;
}

const originRank = {project: 0, package: 1, bundled: 2};

/** Newest first; of one version that several origins have, the user's own. */
function versionsByName(catalog: Catalog): ReadonlyMap<LibName, readonly Lib[]> {
  const byName = new Map<LibName, Lib[]>();
  for (const lib of catalog.libs) {
    const versions = byName.get(lib.name);
    if (versions === undefined) byName.set(lib.name, [lib]);
    else versions.push(lib);
  }
  const places = new Map<Version, number>();
  for (const version of [...new Set(catalog.libs.map((lib) => lib.version))].sort(newestFirst))
    places.set(version, places.size);
  const place = (lib: Lib): number => places.get(lib.version) ?? 0;
  for (const [name, versions] of byName) {
    if (versions.length < 2) continue;
    versions.sort((a, b) => place(a) - place(b) || originRank[a.origin] - originRank[b.origin]);
    if (versions.some((lib, index) => lib.version === versions[index - 1]?.version))
      byName.set(
        name,
        versions.filter((lib, index) => lib.version !== versions[index - 1]?.version),
      );
  }
  return byName;
}

/** Without pre-releases that nobody asked for. */
function eligibleVersions(versions: readonly Lib[], facts: readonly UserFact[], kept: Kept): readonly Lib[] {
  if (!versions.some((lib) => isPreRelease(lib.version))) return versions;
  const askedFor = (lib: Lib): boolean =>
    kept.versions.get(lib.name) === lib.version ||
    facts.some(
      (fact) =>
        fact.kind === 'wants-lib' && fact.lib === lib.name && fact.range !== '*' && isWithin(lib.version, fact.range),
    );
  const eligible = versions.filter((lib) => !isPreRelease(lib.version) || askedFor(lib));
  return eligible.length > 0 ? eligible : versions;
}

/** From facts of the user's to everything that can come of them. */
export type Reach = (facts: readonly UserFact[]) => ReadonlyMap<LibName, Candidate>;

export function openReach(choosable: readonly Lib[]): Reach {
  const byName = new Map<LibName, Lib[]>();
  const providers = new Map<InterfaceName, Set<LibName>>();
  for (const lib of choosable) {
    const versions = byName.get(lib.name);
    if (versions === undefined) byName.set(lib.name, [lib]);
    else versions.push(lib);
    for (const provided of lib.provides) {
      const names = providers.get(provided.interface);
      if (names === undefined) providers.set(provided.interface, new Set([lib.name]));
      else names.add(lib.name);
    }
  }
  return (facts) => {
    const reached = new Map<LibName, Candidate>();
    const seen = new Set<InterfaceName>();
    const waiting: LibName[] = [];
    const needInterface = (name: InterfaceName): void => {
      if (seen.has(name)) return;
      seen.add(name);
      waiting.push(...(providers.get(name) ?? []));
    };
    for (const fact of facts) {
      if (fact.kind === 'wants-interface') needInterface(fact.interface);
      else if (fact.kind !== 'budget') waiting.push(fact.lib);
    }
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const versions = byName.get(name);
      if (versions?.[0] === undefined || reached.has(name)) continue;
      reached.set(name, {name, kind: versions[0].kind, versions});
      for (const lib of versions) for (const need of lib.needs) needInterface(need.interface);
    }
    return reached;
  };
}

function interfacesOf(
  catalog: Catalog,
  candidates: readonly Candidate[],
  facts: readonly UserFact[],
): ReadonlyMap<InterfaceName, Interface> {
  const names = new Set<InterfaceName>(facts.flatMap((fact) => ('interface' in fact ? [fact.interface] : [])));
  for (const candidate of candidates) {
    for (const lib of candidate.versions) {
      for (const provided of lib.provides) names.add(provided.interface);
      for (const need of lib.needs) names.add(need.interface);
    }
  }
  const newest = new Map<InterfaceName, Interface>();
  for (const found of catalog.interfaces) {
    const known = newest.get(found.name);
    if (names.has(found.name) && (known === undefined || newestFirst(found.version, known.version) < 0))
      newest.set(found.name, found);
  }
  return new Map([...newest].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sortedBy<T>(values: readonly T[], key: (value: T) => string): readonly T[] {
  return [...values].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
