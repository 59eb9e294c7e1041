// SPDX-License-Identifier: BSD-3-Clause

import {describe, expect, test} from 'vitest';
import {openCadicalWith} from './cadical.ts';
import {readExample} from './example.ts';
import {sameObjective} from './keep.ts';
import type {Lock} from './lock.ts';
import {lockSolution} from './lock-solution.ts';
import {bruteForce} from './oracle.ts';
import {pose} from './pose.ts';
import {printLock} from './print-lock.ts';
import {randomExample, randomSource} from './random-example.ts';
import {readLock} from './read-lock.ts';
import {recall} from './recall.ts';
import type {Solution} from './solution.ts';
import {solve} from './solve.ts';
import {solveProblem} from './solve-problem.ts';

const asLines = (solution: Solution): readonly string[] =>
  solution.libs
    .map((lib) =>
      [lib.name, lib.version, ...Object.entries(lib.options).map(([name, value]) => `${name}=${String(value)}`)].join(
        ' ',
      ),
    )
    .sort();

describe('solve answers as brute force does', () => {
  const count = Number(process.env.SOLVE_PROBLEMS ?? 600);
  const first = Number(process.env.SOLVE_FIRST ?? 1);
  for (let block = 0; block < count; block += 100) {
    test(`problems ${first + block} to ${first + block + 99}`, async () => {
      for (let seed = first + block; seed < first + block + 100; seed++) {
        const text = randomExample(seed);
        const question = readExample(text);
        const expected = bruteForce(question);
        const answer = await solve(question);
        expect(answer.kind === 'solution' ? asLines(answer) : undefined, `problem ${seed}:\n${text}`).toEqual(expected);
      }
    }, 120_000);
  }
});

test('another solver finds the same answer', async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const problem = pose(readExample(randomExample(seed)));
    const answers = await Promise.all([
      solveProblem(problem, {}),
      solveProblem(problem, {openSat: () => openCadicalWith({phase: true, seed})}),
    ]);
    const [one, other] = answers;
    if (one.kind === 'solution') expect(other).toEqual(one);
    else expect(other.kind).toBe('conflict');
  }
});

describe('a lock', () => {
  test('is recalled exactly when solve would answer the same, and keeps what it can', async () => {
    let held = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const text = randomExample(seed);
      const question = readExample(text);
      const before = await solve(question);
      if (before.kind !== 'solution') continue;
      const locked = lockSolution(before, question);
      const lock: Lock = {format: 1, targets: [locked]};
      expect(recall({...question, lock}), `problem ${seed}:\n${text}`).toMatchObject({
        libs: before.libs,
        providers: before.providers,
        costs: before.costs,
      });
      for (const changed of changesOf(text)) {
        const later = {...readExample(changed), lock};
        const expected = bruteForce(later, locked);
        const fresh = await solveProblem(pose(later), {});
        const message = `problem ${seed}:\n${changed}\n${printLock(lock)}`;
        expect(fresh.kind === 'solution' ? asLines(fresh) : undefined, message).toEqual(expected);
        const recalled = recall(later);
        if (recalled !== undefined) {
          held++;
          expect(recalled, message).toEqual(fresh);
        } else if (expected !== undefined && sameObjective(later.spec, locked)) {
          expect(expected, message).not.toEqual(asLines(before));
        }
      }
    }
    expect(held).toBeGreaterThan(100);
  }, 120_000);

  test('reads as it was written', async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const question = readExample(randomExample(seed));
      const answer = await solve(question);
      if (answer.kind !== 'solution') continue;
      const text = printLock({format: 1, targets: [lockSolution(answer, question)]});
      const read = readLock({path: 'kraft.lock', text});
      expect(read.ok && printLock(read.value)).toBe(text);
    }
  });
});

/** The example with one line taken away, for a few lines; with a preference more; with a newer version of the first lib. */
function changesOf(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n');
  const random = randomSource(text.length);
  const less = [1, 2, 3].map(() => {
    const index = random.below(lines.length);
    return lines.filter((line, other) => other !== index || /^(lib|arch|platform)/.test(line)).join('\n');
  });
  return [
    ...less,
    `${text}prefer ${random.of(['a', 'b', 'c'])}`,
    `${text}lib ${random.of(['a', 'b', 'c'])} 1.9.0\n  provides i 1.5.0\n  provides j 1.0.0\n`,
    `${text}need ${random.of(['i', 'j'])}\n`,
  ];
}
