// SPDX-License-Identifier: BSD-3-Clause

import {solveDimacs} from 'cadical-wasm';
import {expect, test} from 'vitest';
import {readExample} from './example.ts';
import {pose} from './pose.ts';
import {printDimacs} from './print-dimacs.ts';
import {printDot} from './print-dot.ts';
import {randomExample} from './random-example.ts';
import {solve} from './solve.ts';

test('another solver finds the exported clauses satisfiable when there is an answer', async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const question = readExample(randomExample(seed));
    const text = printDimacs(pose(question));
    const [, variables = '', count = ''] = /^p cnf (\d+) (\d+)$/m.exec(text) ?? [];
    const lines = text.split('\n').filter((line) => line.endsWith(' 0') && !line.startsWith('c'));
    expect(lines.length).toBe(Number(count));
    expect(
      Math.max(...lines.flatMap((line) => line.split(' ').map((word) => Math.abs(Number(word))))),
    ).toBeLessThanOrEqual(Number(variables));
    const {status} = await solveDimacs(text);
    if ((await solve(question)).kind === 'solution') expect(status).toBe('satisfiable');
  }
});

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
