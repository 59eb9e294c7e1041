// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';
import type {OptionValue} from '../catalog/index.ts';
import type {Encoding} from './encode.ts';
import type {Founded, Selection} from './founded.ts';
import {couldServe, type Fact, fitted, needOfApp, type Problem} from './problem.ts';
import type {Literal} from './sat.ts';

/**
 * Clauses that forbid what holds itself up in a selection: libs that only need each other, and options that only
 * such libs ask for. Of those, one must have a reason from outside. See docs/solver.md#circles.
 */
export function forbidCircle({
  problem,
  encoding,
  selection,
  founded,
}: {
  readonly problem: Problem;
  readonly encoding: Encoding;
  readonly selection: Selection;
  readonly founded: Founded;
}): void {
  const {clauses, words, demands, roots, active, holds} = encoding;
  const baseless = new Set<string>();
  const circle: Literal[] = [];
  const outside: Literal[] = [];
  const inside = (name: LibName): boolean => selection.versions.has(name) && !founded.libs.has(name);
  const values: Literal[] = [];
  for (const lib of selection.versions.values()) {
    for (const option of words.decided(lib.name)) {
      const value = selection.value(lib.name, option);
      const byDefault = lib.options.find((one) => one.name === option)?.default;
      if (value === undefined || value === byDefault || founded.asked.get(lib.name)?.get(option)?.value === value)
        continue;
      const defaulting = problem.facts.find(
        (fact) => fact.kind === 'defaults' && fact.option.name === option && fact.versions.includes(lib),
      );
      if (defaulting !== undefined) outside.push(-holds(defaulting));
      baseless.add(valueKey(lib.name, option, value));
      values.push(words.value(lib.name, option, value));
    }
  }
  const fromOutside = (fact: Fact): boolean => {
    if (fact.kind !== 'needs') return true;
    const {when} = fact.need;
    if (inside(fact.lib)) return false;
    if ((when?.arch !== undefined && inside(when.arch)) || (when?.platform !== undefined && inside(when.platform)))
      return false;
    return !Object.entries(when?.options ?? {}).some(([option, value]) =>
      baseless.has(valueKey(fact.lib, option, value)),
    );
  };
  for (const value of values) {
    circle.push(value);
    for (const demand of demands.get(value) ?? []) if (fromOutside(demand.fact)) outside.push(demand.literal);
  }
  for (const lib of selection.versions.values()) {
    if (!inside(lib.name)) continue;
    circle.push(words.version([lib]));
    outside.push(...(roots.get(lib) ?? []));
    for (const fact of problem.facts) {
      const need = fact.kind === 'needs' ? fact.need : fact.kind === 'wants-interface' ? needOfApp(fact) : undefined;
      if (need === undefined || !couldServe(lib, need) || !fromOutside(fact)) continue;
      const options = (fitted(lib, need.options) ?? []).map(([option, value]) => words.value(lib.name, option, value));
      outside.push(clauses.all([active(fact), ...options]));
    }
  }
  const reasons = [...new Set(outside)];
  for (const literal of circle) clauses.add([-literal, ...reasons]);
}

function valueKey(lib: LibName, option: string, value: OptionValue): string {
  return `${lib} ${option} ${JSON.stringify(value)}`;
}
