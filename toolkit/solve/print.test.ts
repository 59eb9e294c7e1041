// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import {solveDimacs} from 'cadical-wasm';
import {expect, test} from 'vitest';
import {readExample} from './example.ts';
import {pose} from './pose.ts';
import {printDimacs} from './print-dimacs.ts';
import {printDot} from './print-dot.ts';
import {randomExample} from './random-example.ts';
import {solve} from './solve.ts';

test('another solver, minisat, finds the exported clauses satisfiable when there is an answer, as CaDiCaL does', async () => {
  const status = {10: 'satisfiable', 20: 'unsatisfiable'};
  let conflicts = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const example = randomExample(seed);
    const question = readExample(example);
    const text = printDimacs(pose(question));
    const [, variables = '', count = ''] = /^p cnf (\d+) (\d+)$/m.exec(text) ?? [];
    const lines = text.split('\n').filter((line) => line.endsWith(' 0') && !line.startsWith('c'));
    expect(lines.length).toBe(Number(count));
    expect(
      Math.max(...lines.flatMap((line) => line.split(' ').map((word) => Math.abs(Number(word))))),
    ).toBeLessThanOrEqual(Number(variables));
    const other = spawnSync('minisat', ['-verb=0'], {input: text, encoding: 'utf8'});
    expect(other.error, 'minisat, which scripts/setup.sh --test installs').toBeUndefined();
    const found = Object.entries(status).find(([code]) => Number(code) === other.status)?.[1];
    const own = await solveDimacs(text);
    expect(found, `problem ${seed}:\n${example}`).toBe(own.status);
    const answer = await solve(question);
    if (answer.kind === 'solution') expect(found).toBe('satisfiable');
    // What only holds itself up is no image, but it does satisfy the clauses.
    else if (found === 'unsatisfiable') conflicts++;
  }
  expect(conflicts).toBeGreaterThan(20);
}, 60_000);

test('a solution as a graph', async () => {
  const answer = await solve(
    readExample(
      'target kvm/x86_64\nneed alloc\narch x86_64\nplatform kvm\n  provides mem\nlib alloc-a\n  provides alloc\n  needs mem',
    ),
  );
  expect(answer.kind === 'solution' && printDot(answer)).toBe(`digraph image {
  rankdir=LR;
  node [shape=box, fontname="sans-serif"];
  edge [fontname="sans-serif", fontsize=10];
  "Kraftfile" [shape=note];
  "alloc-a" [label="alloc-a\\n1.0.0"];
  "kvm" [label="kvm\\n1.0.0", style=bold];
  "x86_64" [label="x86_64\\n1.0.0", style=bold];
  "Kraftfile" -> "alloc-a" [label="alloc"];
  "Kraftfile" -> "kvm";
  "Kraftfile" -> "x86_64";
  "alloc-a" -> "kvm" [label="mem"];
}
`);
});
