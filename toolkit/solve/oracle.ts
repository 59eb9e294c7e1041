// SPDX-License-Identifier: BSD-3-Clause

import type {Condition, Lib, Need, OptionValue} from '../catalog/index.ts';
import {fitOption} from '../catalog/index.ts';
import {figureOf} from './figure.ts';
import type {LockedTarget} from './lock.ts';
import type {Question} from './pose.ts';
import {isPreRelease, isWithin, majorOf, newestFirst} from './versions.ts';

/** An image as brute force finds it: `name version option=value …`, sorted. */
export type OracleAnswer = readonly string[];

type Values = ReadonlyMap<string, OptionValue>;
type Image = ReadonlyMap<Lib, Values>;

/**
 * The best answer by trying everything, straight from docs/solver.md and without any of the solver's code: for tests,
 * on small catalogs.
 */
export function bruteForce(asked: Question, locked?: LockedTarget): OracleAnswer | undefined {
  const question = {...asked, spec: {...asked.spec, libraries: libraries(asked)}};
  let best: {image: Image; cost: readonly number[]} | undefined;
  for (const image of images(question, locked)) {
    if (!isAnswer(question, image)) continue;
    const cost = costOf(question, image, locked);
    if (best === undefined || compare(cost, best.cost) < 0) best = {image, cost};
  }
  if (best === undefined) return undefined;
  return [...best.image]
    .map(([lib, values]) =>
      [lib.name, lib.version, ...[...values].map(([name, value]) => `${name}=${String(value)}`).sort()].join(' '),
    )
    .sort();
}

/** What the Kraftfile asks of libs, without what it says of another target's platform or arch. */
function libraries({spec, catalog, target}: Question): Question['spec']['libraries'] {
  return spec.libraries.filter(
    ({name}) =>
      name === target.platform ||
      name === target.arch ||
      catalog.libs.every((lib) => lib.kind === 'lib' || lib.name !== name),
  );
}

/** Every set of libs, one version each, with every value of an option that anybody mentions. */
function* images(question: Question, locked?: LockedTarget): Generator<Image> {
  const versions = new Map<string, Lib[]>();
  for (const lib of question.catalog.libs) versions.set(lib.name, [...(versions.get(lib.name) ?? []), lib]);
  const choices = [...versions.values()].map((libs) => [
    undefined,
    ...libs.filter((lib) => isEligible(question, lib, libs, locked)).flatMap((lib) => settings(question, lib)),
  ]);
  const chosen = new Map<Lib, Values>();
  function* extend(index: number): Generator<Image> {
    const row = choices[index];
    if (row === undefined) {
      yield chosen;
      return;
    }
    for (const choice of row) {
      if (choice !== undefined) chosen.set(choice.lib, choice.values);
      yield* extend(index + 1);
      if (choice !== undefined) chosen.delete(choice.lib);
    }
  }
  for (const image of extend(0)) yield new Map(image);
}

function isEligible({spec}: Question, lib: Lib, all: readonly Lib[], locked?: LockedTarget): boolean {
  const named =
    spec.libraries.some((request) => request.name === lib.name) ||
    spec.choose.some((choice) => choice.provider.value === lib.name);
  if (lib.onlyByName === true && !named) return false;
  const asked = (one: Lib): boolean =>
    spec.libraries.some(
      (request) => request.name === one.name && request.version !== '*' && isWithin(one.version, request.version),
    ) || locked?.libs.some((entry) => entry.name === one.name && entry.version === one.version) === true;
  if (!isPreRelease(lib.version) || asked(lib)) return true;
  return all.every((one) => isPreRelease(one.version) && !asked(one));
}

function settings({spec, catalog}: Question, lib: Lib): readonly {lib: Lib; values: Values}[] {
  let rows: Values[] = [new Map()];
  for (const option of lib.options) {
    const written: OptionValue[] = [
      option.default,
      ...spec.libraries.flatMap((request) =>
        request.options.filter((setting) => setting.name === option.name).map((setting) => setting.value),
      ),
      ...catalog.libs.flatMap((other) =>
        other.needs.flatMap((need) =>
          [need.options[option.name], need.when?.options[option.name]].filter((value) => value !== undefined),
        ),
      ),
    ];
    const values = new Set(
      written.flatMap((value) => {
        const fit = fitOption(option, value);
        return fit.ok ? [fit.value] : [];
      }),
    );
    rows = rows.flatMap((row) => [...values].map((value) => new Map([...row, [option.name, value]])));
  }
  return rows.map((values) => ({lib, values}));
}

function isAnswer(question: Question, image: Image): boolean {
  const {spec, catalog, target} = question;
  const libs = [...image.keys()];
  const find = (name: string): Lib | undefined => libs.find((lib) => lib.name === name);
  const providing = (name: string): readonly Lib[] =>
    libs.filter((lib) => lib.provides.some((provided) => provided.interface === name));
  const holds = (lib: Lib, when: Condition | undefined): boolean =>
    (when?.arch === undefined || find(when.arch) !== undefined) &&
    (when?.platform === undefined || find(when.platform) !== undefined) &&
    Object.entries(when?.options ?? {}).every(([name, value]) => image.get(lib)?.get(name) === value);
  const serving = (need: Pick<Need, 'interface' | 'version' | 'options'>): readonly Lib[] =>
    providing(need.interface).filter((lib) => {
      const provided = lib.provides.find((one) => one.interface === need.interface);
      if (provided === undefined || !isWithin(provided.version, need.version)) return false;
      return Object.entries(need.options).every(([name, value]) => {
        const option = lib.options.find((one) => one.name === name);
        const fit = option && fitOption(option, value);
        return fit?.ok === true && image.get(lib)?.get(name) === fit.value;
      });
    });

  if (libs.filter((lib) => lib.kind === 'platform').length > 1 || libs.filter((lib) => lib.kind === 'arch').length > 1)
    return false;
  if (find(target.platform) === undefined || find(target.arch) === undefined) return false;
  for (const request of spec.libraries) {
    const lib = find(request.name);
    if (lib === undefined || !isWithin(lib.version, request.version)) return false;
    for (const setting of request.options) {
      const option = lib.options.find((one) => one.name === setting.name);
      const fit = option && fitOption(option, setting.value);
      if (fit?.ok !== true || image.get(lib)?.get(setting.name) !== fit.value) return false;
    }
  }
  for (const choice of spec.choose)
    if (!providing(choice.interface.value).some((lib) => lib.name === choice.provider.value)) return false;
  for (const one of catalog.interfaces) {
    const providers = providing(one.name);
    if (one.cardinality === 'one' && providers.length > 1) return false;
    if (
      new Set(
        providers.map((lib) =>
          majorOf(lib.provides.find((provided) => provided.interface === one.name)?.version ?? one.version),
        ),
      ).size > 1
    )
      return false;
  }
  for (const of of ['size', 'memory'] as const) {
    const most = spec.budget?.[of]?.value;
    const sum = libs.reduce((total, lib) => total + (figureOf(lib, of) ?? 0), 0);
    if (most !== undefined && sum > most) return false;
  }
  for (const need of spec.needs)
    if (serving({interface: need.name, version: need.version, options: {}}).length < 1) return false;
  for (const lib of libs) {
    for (const need of lib.needs) if (holds(lib, need.when) && serving(need).length < need.atLeast) return false;
    for (const exclusion of lib.excludes) {
      const other = find(exclusion.lib);
      if (
        other !== undefined &&
        other !== lib &&
        isWithin(other.version, exclusion.version) &&
        holds(lib, exclusion.when)
      )
        return false;
    }
    if (lib.arches !== undefined && !lib.arches.value.some((name) => find(name) !== undefined)) return false;
    if (lib.platforms !== undefined && !lib.platforms.value.some((name) => find(name) !== undefined)) return false;
  }

  // Founded: built up from the Kraftfile, all of it.
  const built = new Set<Lib>();
  const asked = new Set<string>();
  for (const name of [
    target.platform,
    target.arch,
    ...spec.libraries.map((request) => request.name),
    ...spec.choose.map((choice) => choice.provider.value),
  ]) {
    const lib = find(name);
    if (lib !== undefined) built.add(lib);
  }
  for (const request of spec.libraries)
    for (const setting of request.options) asked.add(`${request.name} ${setting.name}`);
  for (const need of spec.needs)
    for (const lib of serving({interface: need.name, version: need.version, options: {}})) built.add(lib);
  for (let size = -1; size !== built.size + asked.size; ) {
    size = built.size + asked.size;
    for (const lib of [...built]) {
      for (const need of lib.needs) {
        const when = need.when;
        if (!holds(lib, when)) continue;
        if (
          (when?.arch !== undefined && !built.has(find(when.arch) ?? lib)) ||
          (when?.platform !== undefined && !built.has(find(when.platform) ?? lib))
        )
          continue;
        const founded = Object.entries(when?.options ?? {}).every(
          ([name, value]) =>
            lib.options.find((one) => one.name === name)?.default === value || asked.has(`${lib.name} ${name}`),
        );
        if (!founded) continue;
        for (const provider of serving(need)) {
          built.add(provider);
          for (const name of Object.keys(need.options)) asked.add(`${provider.name} ${name}`);
        }
      }
    }
  }
  return libs.every(
    (lib) =>
      built.has(lib) &&
      lib.options.every(
        (option) => image.get(lib)?.get(option.name) === option.default || asked.has(`${lib.name} ${option.name}`),
      ),
  );
}

function costOf(question: Question, image: Image, locked?: LockedTarget): readonly number[] {
  const {spec, catalog} = question;
  const libs = [...image.keys()];
  const sum = (cost: (lib: Lib) => number): number => libs.reduce((total, lib) => total + cost(lib), 0);
  const eligible = reachable(
    question,
    catalog.libs.filter((lib) =>
      isEligible(
        question,
        lib,
        catalog.libs.filter((other) => other.name === lib.name),
        locked,
      ),
    ),
  );
  const prefer = spec.prefer.map((lib) => lib.value);
  const same =
    locked !== undefined &&
    prefer.join() === locked.objective.prefer.join() &&
    spec.minimize.map((goal) => goal.value).join() === locked.objective.minimize.join();
  const names = [...new Set(catalog.libs.map((lib) => lib.name))].sort();
  const ages = (lib: Lib): number =>
    eligible
      .filter((other) => other.name === lib.name)
      .sort((a, b) => newestFirst(a.version, b.version))
      .indexOf(lib);
  const versionOf = (name: string): number => {
    const lib = libs.find((other) => other.name === name);
    return lib === undefined ? 0 : ages(lib);
  };
  return [
    sum((lib) => {
      const entry = locked?.libs.find((other) => other.name === lib.name);
      const moved = same
        ? lib.provides.filter((provided) => locked.providers.get(provided.interface)?.includes(lib.name) === false)
            .length
        : 0;
      return (entry !== undefined && entry.version !== lib.version ? 1 : 0) + moved;
    }),
    sum((lib) =>
      lib.provides.reduce((total, provided) => {
        const preferred = prefer.filter((name) =>
          eligible.some(
            (other) => other.name === name && other.provides.some((one) => one.interface === provided.interface),
          ),
        );
        const place = preferred.indexOf(lib.name);
        return total + (place === -1 ? preferred.length : place);
      }, 0),
    ),
    ...spec.minimize.map((goal) => sum((lib) => figureOf(lib, goal.value) ?? 0)),
    sum(
      (lib) =>
        lib.provides.filter(
          (provided) =>
            lib.recommended !== true &&
            eligible.some(
              (other) =>
                other.recommended === true && other.provides.some((one) => one.interface === provided.interface),
            ),
        ).length,
    ),
    sum(ages),
    ...[...names].reverse().map((name) => (libs.some((lib) => lib.name === name) ? 1 : 0)),
    ...names.map(versionOf),
  ];
}

/** What the Kraftfile can lead to, conditions or not. */
function reachable({spec, target}: Question, eligible: readonly Lib[]): readonly Lib[] {
  const names = new Set<string>([
    target.platform,
    target.arch,
    ...spec.libraries.map((request) => request.name),
    ...spec.choose.map((choice) => choice.provider.value),
  ]);
  const needed = new Set<string>(spec.needs.map((need) => need.name));
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const lib of eligible) {
      if (lib.provides.some((provided) => needed.has(provided.interface))) names.add(lib.name);
      if (names.has(lib.name)) for (const need of lib.needs) needed.add(need.interface);
    }
    for (const lib of eligible)
      if (lib.provides.some((provided) => needed.has(provided.interface))) names.add(lib.name);
  }
  return eligible.filter((lib) => names.has(lib.name));
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index++) {
    const delta = (a[index] ?? 0) - (b[index] ?? 0);
    if (delta !== 0) return delta;
  }
  return 0;
}
