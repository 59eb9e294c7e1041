// SPDX-License-Identifier: BSD-3-Clause

import {describe, expect, test} from 'vitest';
import {printDiagnostics} from '../base/index.ts';
import type {Catalog, Lib} from '../catalog/index.ts';
import {readExample} from './example.ts';
import type {Lock} from './lock.ts';
import {lockDrift} from './lock-drift.ts';
import {lockSolution, withTarget} from './lock-solution.ts';
import {printLock} from './print-lock.ts';
import {randomExample, randomSource} from './random-example.ts';
import {readLock} from './read-lock.ts';
import {lockStillHolds, recall} from './recall.ts';
import {solve} from './solve.ts';

const example = `
target kvm/x86_64
need alloc ^1
arch x86_64
platform kvm
  provides mem
lib alloc-a 1.0.0
  provides alloc 1.0.0
  needs mem
  option limit integer 1..9 = 3
lib alloc-b 1.0.0
  provides alloc 1.0.0
  needs mem
`;

const locked = async (text: string): Promise<Lock> => {
  const question = readExample(text);
  const answer = await solve(question);
  if (answer.kind !== 'solution') throw new Error('No solution');
  return withTarget(undefined, lockSolution(answer, question), question.spec);
};

describe('a damaged lock is refused with a sentence', () => {
  const good = `format: 1\ntargets:\n  kvm/x86_64:\n    prefer: []\n    minimize: []\n    libs:\n      a: {version: 1.0.0}\n    providers: {}\n`;
  test.each([
    [
      'a lock of another version',
      good.replace('format: 1', 'format: 2'),
      'Expected format 1, but was 2: this lock was written by another version of the tool.',
    ],
    ['an unknown key', good.replace('minimize', 'minimise'), 'Unknown key "minimise".'],
    ['a version that is none', good.replace('1.0.0', 'one'), 'Expected a version such as 1.2.0, but was "one".'],
    [
      'a provider that is not there',
      good.replace('providers: {}', 'providers: {alloc: [b]}'),
      '"b" is a provider of alloc, but not among the libs.',
    ],
    ['a merge that was not finished', `${good}<<<<<<< HEAD\n`, 'The lock is damaged'],
    ['half a file', good.slice(0, 60), 'Expected a key with a colon'],
    ['an empty file', '', 'The lock is damaged'],
    ['something else altogether', '{"lockfileVersion": 3}', 'Unknown key "lockfileVersion".'],
  ])('%s', (_title, text, sentence) => {
    const read = readLock({path: 'kraft.lock', text});
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(printDiagnostics(read.error)).toContain(sentence);
    expect(read.error[0]?.message).toContain('The lock is damaged');
  });
});

test('bytes of a lock changed at random are refused or read, never thrown', () => {
  const text = `${printLock({format: 1, targets: []})}x: [a, {b: c}]\n`;
  for (let seed = 0; seed < 500; seed++) {
    const random = randomSource(seed);
    const bytes = [...text];
    for (let count = 0; count < 4; count++)
      bytes[random.below(bytes.length)] = random.of([...'{}[]:,\n -"\'&*#|>%@`\t0a']);
    readLock({path: 'kraft.lock', text: bytes.join('')});
  }
});

test('a lock holds until something that it rests on changes', async () => {
  const lock = await locked(example);
  const holds = (text: string): boolean => lockStillHolds({...readExample(text), lock});
  expect(holds(example)).toBe(true);
  expect(holds(`${example}lib alloc-a 1.2.0\n  provides alloc 1.1.0\n  needs mem\n`)).toBe(true);
  expect(holds(`${example}lib aaa 1.0.0\n  provides alloc 1.0.0\n`)).toBe(true);
  expect(holds(example.replace('need alloc ^1', 'need mem'))).toBe(false);
  expect(holds(example.replace('lib alloc-a 1.0.0', 'lib alloc-a 1.0.1'))).toBe(false);
  expect(holds(example.replace('  needs mem\n', '  needs clock\n'))).toBe(false);
  expect(holds(example.replace('need alloc ^1', 'need alloc ^1\nwant alloc-a\nset alloc-a limit = 4'))).toBe(false);
  expect(holds(`${example}lib x 1.0.0\nprefer alloc-b`)).toBe(false);
});

test('a lock that no longer holds is kept as far as it can be', async () => {
  const lock = await locked(`${example}choose alloc = alloc-b\n`);
  const later = readExample(
    `${example}lib alloc-b 1.1.0\n  provides alloc 1.0.0\n  needs mem\nlib web 1.0.0\n  needs alloc\nwant web`,
  );
  const answer = await solve({...later, lock});
  expect(answer.kind === 'solution' && answer.libs.map((lib) => `${lib.name} ${lib.version}`)).toEqual([
    'alloc-b 1.0.0',
    'kvm 1.0.0',
    'web 1.0.0',
    'x86_64 1.0.0',
  ]);
  const updated = await solve({...later, lock, update: 'everything'});
  expect(updated.kind === 'solution' && updated.libs.map((lib) => `${lib.name} ${lib.version}`)).toEqual([
    'alloc-a 1.0.0',
    'kvm 1.0.0',
    'web 1.0.0',
    'x86_64 1.0.0',
  ]);
});

test('the order in which things are listed does not change a byte of the lock', async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const question = readExample(randomExample(seed));
    const random = randomSource(seed);
    const shuffled = <T>(values: readonly T[]): readonly T[] =>
      values
        .map((value) => ({value, key: random.below(1 << 30)}))
        .sort((a, b) => a.key - b.key)
        .map(({value}) => value);
    const catalog: Catalog = {
      interfaces: shuffled(question.catalog.interfaces),
      libs: shuffled(question.catalog.libs).map(
        (lib): Lib => ({
          ...lib,
          needs: shuffled(lib.needs),
          provides: shuffled(lib.provides),
          options: shuffled(lib.options),
        }),
      ),
    };
    const spec = {...question.spec, libraries: shuffled(question.spec.libraries), needs: shuffled(question.spec.needs)};
    const [a, b] = await Promise.all([solve(question), solve({...question, spec, catalog})]);
    expect(b.kind).toBe(a.kind);
    if (a.kind !== 'solution' || b.kind !== 'solution') continue;
    const write = (answer: typeof a): string =>
      printLock(withTarget(undefined, lockSolution(answer, question), question.spec));
    expect(write(b)).toBe(write(a));
  }
});

test('a lock of sixty libs is recalled', async () => {
  const libs = Array.from(
    {length: 60},
    (_, index) => `lib l${index} 1.0.0\n  provides i${index}\n${index < 59 ? `  needs i${index + 1}\n` : ''}`,
  ).join('');
  const question = readExample(`arch x86_64\nplatform kvm\n${libs}need i0`);
  const answer = await solve(question);
  if (answer.kind !== 'solution') throw new Error('No solution');
  const lock = withTarget(undefined, lockSolution(answer, question), question.spec);
  expect(recall({...question, lock})?.libs.length).toBe(62);
});

test('what has drifted from a lock is said in sentences', async () => {
  const lock = await locked(example);
  const now = async (text: string): Promise<readonly string[]> => {
    const [only] = (await locked(text)).targets;
    return only === undefined ? [] : lockDrift(lock, only);
  };
  expect(await now(example)).toEqual([]);
  expect(await now(`${example}prefer alloc-b`)).toEqual([
    '"prefer" of the Kraftfile is not what it was.',
    'alloc-a 1.0.0 is no longer in the image.',
    'alloc-b 1.0.0 is not in the lock.',
  ]);
  expect(await now(example.replace('lib alloc-a 1.0.0', 'lib alloc-a 1.0.1'))).toEqual([
    'alloc-a is 1.0.0 in the lock, and would be 1.0.1.',
  ]);
  expect(await now(example.replace('need alloc ^1', 'want alloc-a\nset alloc-a limit = 4'))).toEqual([
    'limit of alloc-a is at its default in the lock, and would be 4.',
  ]);
  expect(await now(example.replace('target kvm', 'target xen').replace('platform kvm', 'platform xen'))).toEqual([
    'The lock has nothing for xen/x86_64.',
  ]);
});
