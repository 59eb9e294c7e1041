// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {openBench} from '../../test/rig/configurator.ts';
import {sameWishes, wishesAfter} from '../../toolkit/engine.ts';
import {rowsNow} from './rows.ts';
import {isUnsaved, placeNow, type State} from './state.ts';

const shop = `# The shop.
spec: v1
name: shop
needs: [sched]   # threads
libraries:
  netstack-tiny: {version: ^1, options: {tcp-connections: 64}}
targets: [kvm/x86_64]
`;

const keys = [
  ...['up', 'down', 'down', 'enter', 'enter', 'left', 'right', 'space', 'space', 'space', 'home', 'end', 'pagedown'],
  ...['u', 'ctrl-r', 'c', '?', 'w', 'd', 'esc', '/', 'a', 's', '1', 'backspace', 'wheel-down'],
];

function generator(seed: number): (below: number) => number {
  let now = seed;
  return (below) => {
    now = (now * 1103515245 + 12345) % 2147483648;
    return Math.floor((now / 2147483648) * below);
  };
}

/** Keys at random, but for those that write: what is saved and what is left is for other tests. */
function randomKeys(seed: number, count: number): readonly string[] {
  const random = generator(seed);
  return Array.from({length: count}, () => keys[random(keys.length)] ?? 'down').filter((key) => key !== 's');
}

const seeds = Array.from({length: 12}, (_, index) => index + 1);

test.each(seeds)(
  'undo after any keys gives the draft that was opened, and redo gives back the last (seed %i)',
  async (seed) => {
    const bench = await openBench({kraftfile: shop});
    const opened = bench.state().draft;
    await bench.press(...randomKeys(seed, 120));
    await outside(bench);
    const last = bench.state();
    const steps = last.past.length;
    for (let step = 0; step < steps; step++) await bench.press('u');
    expect(bench.state().draft).toBe(opened);
    expect(bench.state().past).toEqual([]);
    for (let step = 0; step < steps; step++) await bench.press('ctrl-r');
    expect(bench.state().draft).toBe(last.draft);
    expect(bench.state().past).toEqual(last.past);
  },
);

test.each(seeds)('what any keys leave has no mistake, and is what its steps say (seed %i)', async (seed) => {
  const bench = await openBench({kraftfile: shop});
  await bench.press(...randomKeys(seed + 100, 120));
  await outside(bench);
  const {draft, past} = bench.state();
  expect(draft.mistakes).toEqual([]);
  expect(draft.targets.map(({answer}) => answer.kind)).not.toContain('clash');
  const [first] = past;
  const edits = past.flatMap(({step}) => (step.kind === 'edits' ? step.edits : []));
  expect(sameWishes(edits.reduce(wishesAfter, first?.draft.wishes ?? draft.wishes), draft.wishes)).toBe(true);
  const before = isUnsaved(bench.state());
  await bench.press('s');
  expect(isUnsaved(bench.state())).toBe(false);
  expect(bench.file() === shop).toBe(!before);
  // And once more, by somebody who opens it anew.
  expect((await bench.session.examine(bench.file())).mistakes).toEqual([]);
});

test.each(seeds)('the mark is always on a row that is seen (seed %i)', async (seed) => {
  const bench = await openBench({kraftfile: shop, size: {columns: 60, rows: 12}});
  for (const key of randomKeys(seed + 200, 60)) {
    await bench.press(key);
    const {row} = placeNow(bench.state());
    expect(row).toBeGreaterThanOrEqual(0);
    expect(row).toBeLessThan(Math.max(1, rowsNow(bench.state()).length));
  }
});

/** Closes what lies on the screen, and leaves a search, where letters are no commands. */
async function outside(bench: {
  readonly state: () => State;
  readonly press: (key: string) => Promise<void>;
}): Promise<void> {
  while (bench.state().sheet !== undefined) await bench.press('esc');
  while (bench.state().places.length > 1) await bench.press('esc');
}
