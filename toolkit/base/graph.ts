// SPDX-License-Identifier: BSD-3-Clause

/** An order in which everything comes after what it depends on, or a cycle that forbids one. */
export type Order<T extends string> =
  | {readonly kind: 'order'; readonly order: readonly T[]}
  | {readonly kind: 'cycle'; readonly cycle: readonly T[]};

/**
 * Everything after what it depends on; of those that could come next, the first by name. Dependencies outside
 * `nodes` do not count. The answer does not depend on the order of `nodes`.
 */
export function topologicalOrder<T extends string>(nodes: Iterable<T>, dependsOn: (node: T) => Iterable<T>): Order<T> {
  const names = [...new Set(nodes)].sort();
  const known = new Set(names);
  const waitsFor = new Map(
    names.map((name) => [name, new Set([...dependsOn(name)].filter((other) => known.has(other)))]),
  );
  const waiters = new Map<T, T[]>(names.map((name) => [name, []]));
  for (const [name, others] of waitsFor) for (const other of others) waiters.get(other)?.push(name);

  const ready = names.filter((name) => waitsFor.get(name)?.size === 0);
  const order: T[] = [];
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    order.push(next);
    for (const waiter of waiters.get(next) ?? []) {
      const left = waitsFor.get(waiter);
      left?.delete(next);
      if (left?.size === 0) insertSorted(ready, waiter);
    }
  }
  if (order.length === names.length) return {kind: 'order', order};
  const stuck = new Set(names.filter((name) => !order.includes(name)));
  return {kind: 'cycle', cycle: findCycle(stuck, (name) => waitsFor.get(name) ?? []) ?? []};
}

/** A shortest cycle, from its first member by name; each depends on the next, and the last on the first. */
export function findCycle<T extends string>(
  nodes: Iterable<T>,
  dependsOn: (node: T) => Iterable<T>,
): readonly T[] | undefined {
  const names = [...new Set(nodes)].sort();
  const known = new Set(names);
  let shortest: readonly T[] | undefined;
  for (const start of names) {
    const cycle = shortestWayBack(start, (node) => [...dependsOn(node)].filter((other) => known.has(other)).sort());
    if (cycle !== undefined && (shortest === undefined || cycle.length < shortest.length)) shortest = cycle;
  }
  return shortest;
}

function shortestWayBack<T extends string>(start: T, dependsOn: (node: T) => readonly T[]): readonly T[] | undefined {
  const cameFrom = new Map<T, T>();
  const queue: T[] = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const next of dependsOn(node)) {
      if (next === start) return wayTo(node, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo<T extends string>(end: T, cameFrom: ReadonlyMap<T, T>): readonly T[] {
  const way: T[] = [];
  for (let node: T | undefined = end; node !== undefined; node = cameFrom.get(node)) way.unshift(node);
  return way;
}

function insertSorted<T extends string>(sorted: T[], item: T): void {
  const place = sorted.findIndex((other) => other > item);
  sorted.splice(place === -1 ? sorted.length : place, 0, item);
}
