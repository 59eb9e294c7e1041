// SPDX-License-Identifier: BSD-3-Clause

import {
  type Diagnostic,
  fail,
  findCycle,
  type LibName,
  listing,
  ok,
  type Result,
  topologicalOrder,
} from '../base/index.ts';
import type {ImageLib, ImageLibs} from './image-libs.ts';

/**
 * The libs that start, each after everything that it needs has started; ties by name.
 *
 * Libs that do not start only pass needs on, so a cycle through them is no harm unless two libs that start lie on
 * it. Platform and arch come first whatever they need: they are what starts the others.
 */
export function bootOrder(image: ImageLibs): Result<readonly ImageLib[]> {
  const byName = new Map(image.libs.map((one) => [one.lib.name, one]));
  const starts = image.libs.filter(({lib}) => lib.starts !== undefined);
  const first = starts.filter(({lib}) => lib.kind !== 'lib');
  const rest = starts.filter(({lib}) => lib.kind === 'lib').map(({lib}) => lib.name);

  const reached = new Map(rest.map((name) => [name, reachable(name, image)]));
  const ordered = topologicalOrder(rest, (name) => reached.get(name) ?? []);
  if (ordered.kind === 'cycle') return fail([cycleDiagnostic(ordered.cycle, image)]);
  return ok([...first, ...ordered.order.flatMap((name) => byName.get(name) ?? [])]);
}

/** Every lib that must have started before this one, itself left out. */
function reachable(start: LibName, image: ImageLibs): ReadonlySet<LibName> {
  const seen = new Set<LibName>();
  const queue: LibName[] = [start];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const next of directNeeds(name, image)) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  seen.delete(start);
  return seen;
}

function directNeeds(name: LibName, image: ImageLibs): readonly LibName[] {
  const one = image.libs.find(({lib}) => lib.name === name);
  if (one === undefined || one.lib.kind !== 'lib') return [];
  return one.needs.flatMap((need) => image.providers.get(need.interface) ?? []).filter((other) => other !== name);
}

function cycleDiagnostic(starts: readonly LibName[], image: ImageLibs): Diagnostic {
  const all = image.libs.map(({lib}) => lib.name);
  const among = new Set(starts.flatMap((name) => [name, ...all.filter((other) => meet(name, other, image))]));
  const cycle = findCycle(among, (name) => directNeeds(name, image)) ?? starts;
  const links = cycle.map((name, index) => link(name, cycle[(index + 1) % cycle.length] ?? name, image));
  const start = cycle[0] ?? '';
  const waiting = cycle.filter((name) => image.libs.some(({lib}) => lib.name === name && lib.starts !== undefined));
  const drawing = [...links.map(({via}, index) => `${cycle[index] ?? ''} needs ${via}, from`), start].join(' ');
  const at = image.libs.find(({lib}) => lib.name === start)?.lib.at;
  return {
    severity: 'error',
    message: `No order of starting fits ${listing([...waiting].sort())}: each needs the others to have started.`,
    ...(at === undefined ? {} : {at}),
    notes: [{message: `The cycle: ${drawing}.`}, ...links.flatMap(({note}) => note ?? [])],
    help: `Choose another provider for one of ${listing([...new Set(links.map(({via}) => via))].sort())}.`,
  };
}

function meet(one: LibName, other: LibName, image: ImageLibs): boolean {
  return reachable(one, image).has(other) && reachable(other, image).has(one);
}

function link(from: LibName, to: LibName, image: ImageLibs) {
  const need = image.libs
    .find(({lib}) => lib.name === from)
    ?.needs.find((one) => image.providers.get(one.interface)?.includes(to));
  if (need === undefined) return {via: to, note: undefined};
  return {via: need.interface, note: {message: `${from} needs ${need.interface} here.`, at: need.at}};
}
