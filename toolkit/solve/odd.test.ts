// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {readExample} from './example.ts';
import {pose} from './pose.ts';
import {sentence} from './sentence.ts';
import {solve, solveWithin} from './solve.ts';

const machine = 'target kvm/x86_64\narch x86_64\nplatform kvm\n';

const answered = async (text: string): Promise<string> => {
  const answer = await solve(readExample(`${machine}${text}`));
  return answer.kind === 'solution'
    ? answer.libs
        .map((lib) => lib.name)
        .filter((name) => !/^(kvm|x86_64)$/.test(name))
        .join(' ')
    : 'conflict';
};

test.each([
  [
    'libs that need each other are in together',
    'want a\nlib a\n  provides i\n  needs j\nlib b\n  provides j\n  needs i',
    'a b',
  ],
  [
    'libs that only need each other are out',
    'want c\nlib a\n  provides i\n  needs j\nlib b\n  provides j\n  needs i\nlib c',
    'c',
  ],
  ['a lib may need what it provides', 'want a\nlib a\n  provides i\n  needs i', 'a'],
  [
    'a lib that takes whoever is there takes nobody',
    'want a\nany i\nlib a\n  needs i at-least 0\nlib b\n  provides i',
    'a',
  ],
  ['a lib that takes whoever is there needs nobody to be', 'want a\nany i\nlib a\n  needs i at-least 0', 'a'],
  ['a lib may exclude itself in vain', 'want a\nlib a\n  excludes a', 'a'],
  [
    'an option is not changed by a lib that is in only because of it',
    'want a\nlib a\n  option x boolean false\n  provides i\n  needs z when x = false\n  needs j when x = true\nlib b\n  provides j\n  needs i with x = true',
    'conflict',
  ],
  [
    'an option is changed by a lib that is in anyway',
    'want a\nwant b\nlib a\n  option x boolean false\n  provides i\n  needs z when x = false\n  needs j when x = true\nlib b\n  provides j\n  needs i with x = true',
    'a b',
  ],
  ['a range that nothing can be in', 'want a >2 <1\nlib a', 'conflict'],
  ['a pre-release is not taken unasked', 'need i\nlib a 1.0.0\n  provides i\nlib a 2.0.0-rc.1\n  provides i', 'a'],
  [
    'of an interface for any number, no more are taken than needed',
    'any c\nneed c\nlib c1\n  provides c\nlib c2\n  provides c',
    'c1',
  ],
  [
    'at least two are taken where two are needed',
    'any c\nwant a\nlib a\n  needs c at-least 2\nlib c1\n  provides c\nlib c2\n  provides c\nlib c3\n  provides c',
    'a c1 c2',
  ],
  [
    'none are taken where none are needed',
    'any c\nwant a\nlib a\n  needs c at-least 0\nlib c1\n  provides c\nlib c2\n  provides c',
    'a',
  ],
  ['none are needed where there are none', 'any c\nwant a\nlib a\n  needs c at-least 0', 'a'],
  [
    'three of two cannot be',
    'any c\nwant a\nlib a\n  needs c at-least 3\nlib c1\n  provides c\nlib c2\n  provides c',
    'conflict',
  ],
  ['a condition on another platform does not count', 'want a\nlib a\n  needs z when platform = xen', 'a'],
  ['a lib for another arch only', 'want a\nlib a\n  only-for arch arm64', 'conflict'],
  ['the names decide in the end', 'need i\nlib b\n  provides i\nlib a\n  provides i', 'a'],
  ['recommended decides before names', 'need i\nlib b\n  provides i\n  recommended\nlib a\n  provides i', 'b'],
  [
    'figures decide before recommended',
    'need i\nminimize size\nlib b\n  provides i\n  recommended\n  figures size 9\nlib a\n  provides i\n  figures size 8',
    'a',
  ],
  [
    'not to measure is no advantage',
    'need i\nminimize size\nlib b\n  provides i\n  figures size 9\nlib a\n  provides i',
    'b',
  ],
])('%s', async (_title, text, expected) => {
  expect(await answered(text)).toBe(expected);
});

test('options and versions of platforms count for the targets that have them', async () => {
  const text =
    'arch x86_64\nplatform kvm 1.0.0\n  option stack integer 1..9 = 2\nplatform sim 1.0.0\nwant kvm ^1\nset kvm stack = 7\nwant sim ^9';
  const here = await solve(readExample(`target kvm/x86_64\n${text}`));
  expect(here.kind === 'solution' && here.libs.find((lib) => lib.name === 'kvm')?.options).toEqual({stack: 7});
  const there = await solve(readExample(`target sim/x86_64\n${text}`));
  expect(there.kind === 'conflict' && there.facts.map((fact) => fact.text)).toEqual([
    'The Kraftfile asks for sim ^9, but the catalog has 1.0.0.',
    "The target's platform is sim.",
  ]);
});

test('a thousand options are no burden', async () => {
  const options = Array.from(
    {length: 1000},
    (_, index) => `  option o${index} boolean false\n  needs i${index % 7} when o${index} = true\n`,
  ).join('');
  const providers = Array.from({length: 7}, (_, index) => `lib p${index}\n  provides i${index}\n`).join('');
  expect(await answered(`want a\nset a o3 = true\nset a o500 = true\nlib a\n${options}${providers}`)).toBe('a p3');
});

test('every fact of a problem prints', () => {
  const problem = pose(
    readExample(
      `${machine}want a ^1\nset a x = true\nneed i ^2\nchoose j = b\nlib a 1.0.0\n  option x boolean false\n  needs i\n  excludes b\n  only-for platform kvm\nlib b\n  provides j\n  provides i`,
    ),
  );
  for (const fact of problem.facts) expect(sentence(problem, fact)).toMatch(/^\S.*\.$/);
  expect(problem.facts.length).toBeGreaterThan(8);
});

test('stopped at once, it says that it does not know', async () => {
  const answer = await solveWithin(readExample(`${machine}need i\nlib a\n  provides i`), {stop: () => true});
  expect(answer.kind).toBe('undecided');
});

test('stopped after the first answer, it has one, and says how good it may be', async () => {
  const libs = Array.from({length: 6}, (_, index) => `lib p${index}\n  provides i\n  figures size ${9 - index}\n`).join(
    '',
  );
  const question = readExample(`${machine}need i\nminimize size\n${libs}`);
  let answers = 0;
  const answer = await solveWithin(question, {stop: () => answers > 0, onBetter: () => (answers += 1)});
  if (answer.kind !== 'solution') throw new Error('No answer');
  expect(answer.proven).toBe(false);
  for (const level of answer.costs) expect(level.least).toBeLessThanOrEqual(level.cost);
  const best = await solve(question);
  expect(best.kind === 'solution' && best.libs.some((lib) => lib.name === 'p5')).toBe(true);
});

test('a pathological problem ends at the deadline', async () => {
  const lines: string[] = [];
  for (let pigeon = 0; pigeon < 12; pigeon++) {
    lines.push(`need pigeon${pigeon}`);
    for (let hole = 0; hole < 11; hole++)
      lines.push(`lib p${pigeon}-h${hole}\n  provides pigeon${pigeon}\n  provides hole${hole}`);
  }
  const start = performance.now();
  const answer = await solveWithin(readExample(`${machine}${lines.join('\n')}`), {
    stop: () => performance.now() - start > 300,
  });
  expect(answer.kind).toBe('undecided');
});
