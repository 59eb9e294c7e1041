// SPDX-License-Identifier: BSD-3-Clause

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {libName, listing, printDiagnostic} from '../base/index.ts';
import {diagnose} from './diagnose.ts';
import {type Difference, difference} from './difference.ts';
import {type Example, readExample} from './example.ts';
import {lockSolution} from './lock-solution.ts';
import {printLock} from './print-lock.ts';
import {repair} from './repair.ts';
import type {Solution} from './solution.ts';
import {solve} from './solve.ts';
import {why} from './why.ts';
import {whyNot} from './why-not.ts';

const folder = fileURLToPath(new URL('golden/', import.meta.url));
const update = process.env.UPDATE_GOLDEN === '1';

/** Each file: a question, then a line `==== verb argument` before each answer. */
describe('what is said to', () => {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()) {
    test(file, async () => {
      await agrees(`${folder}${file}`);
    });
  }
});

describe('the examples of docs/solver.md', () => {
  test('say what they show', async () => {
    const path = fileURLToPath(new URL('../../docs/solver.md', import.meta.url));
    const text = readFileSync(path, 'utf8');
    const written = text.split(/^```text\n/m);
    const parts = await Promise.all(
      written.map(async (part, index) => {
        if (index === 0) return part;
        const end = part.indexOf('```');
        return `${await answered(part.slice(0, end))}${part.slice(end)}`;
      }),
    );
    const expected = parts.join('```text\n');
    if (update && expected !== text) writeFileSync(path, expected);
    expect(expected).toBe(update ? expected : text);
  });
});

async function agrees(path: string): Promise<void> {
  const text = readFileSync(path, 'utf8');
  const expected = await answered(text);
  if (update && expected !== text) writeFileSync(path, expected);
  expect(expected).toBe(update ? expected : text);
}

async function answered(text: string): Promise<string> {
  const [input = '', ...answers] = text.split(/^(?===== )/m);
  const example = readExample(input, 'Kraftfile');
  const parts = [input];
  for (const answer of answers) {
    const [, verb = '', argument = ''] = /^==== (\S+) ?(.*)/.exec(answer) ?? [];
    parts.push(`==== ${verb}${argument === '' ? '' : ` ${argument}`}\n${await said(example, verb, argument)}\n`);
  }
  return parts.join('');
}

async function said(example: Example, verb: string, argument: string): Promise<string> {
  if (verb === 'repair') {
    const repairs = await repair(example);
    return (
      repairs.map(({text, solution}, index) => `${index + 1}. ${text}\n   ${names(solution)}`).join('\n') ||
      'Nothing helps.'
    );
  }
  if (verb === 'if') return saidIf(example, argument);
  const answer = await solve(example);
  if (answer.kind === 'conflict') return printDiagnostic(diagnose(answer));
  if (verb === 'solve')
    return answer.libs
      .map((lib) =>
        [lib.name, lib.version, ...Object.entries(lib.options).map(([name, value]) => `${name}=${String(value)}`)].join(
          ' ',
        ),
      )
      .join('\n');
  if (verb === 'lock') return printLock({format: 1, targets: [lockSolution(answer, example)]}).trimEnd();
  if (verb === 'why')
    return (
      why(answer, libName(argument))
        .map(({lib, reason}) => `${lib}: ${reason.text}`)
        .join('\n') || 'It is not in the image.'
    );
  if (verb === 'why-not') return saidWhyNot(example, answer, argument);
  throw new Error(`Unknown verb ${verb}`);
}

async function saidWhyNot(example: Example, answer: Solution, name: string): Promise<string> {
  const reason = await whyNot(example, answer, libName(name));
  if (reason.kind === 'in') return 'It is in the image.';
  return reason.kind === 'impossible'
    ? printDiagnostic(diagnose(reason.conflict))
    : `Nobody asks for it. With it:\n${printDifference(reason.change)}`;
}

async function saidIf(example: Example, change: string): Promise<string> {
  const before = await solve(example);
  const after = await solve(readExample(`${example.spec.name.at.source.text}\n${change}\n`, 'Kraftfile'));
  if (after.kind === 'conflict') return printDiagnostic(diagnose(after));
  return printDifference(
    difference(before.kind === 'solution' ? before : {...after, libs: []}, after, example.catalog),
  );
}

function names(solution: Solution): string {
  return listing(solution.libs.map((lib) => lib.name));
}

function printDifference({added, removed, versions, options, size}: Difference): string {
  return [
    ...added.map((lib) => `+ ${lib.name} ${lib.version}`),
    ...removed.map((lib) => `- ${lib.name} ${lib.version}`),
    ...versions.map(({lib, before, after}) => `~ ${lib} ${before} → ${after}`),
    ...options.map(({lib, option, before, after}) => `~ ${lib} ${option}: ${String(before)} → ${String(after)}`),
    `size ${size < 0 ? '−' : '+'}${Math.abs(size)}`,
  ].join('\n');
}
