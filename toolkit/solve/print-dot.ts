// SPDX-License-Identifier: BSD-3-Clause

import type {ChosenLib, Reason, Solution} from './solution.ts';

/** A solution as a graph for Graphviz: who needs whom, by which interface. */
export function printDot(solution: Solution): string {
  const edges = solution.libs.flatMap((lib) => lib.reasons.map((reason) => edge(lib, reason)));
  return [
    'digraph image {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
    '  "Kraftfile" [shape=note];',
    ...solution.libs.map(
      (lib) => `  ${quoted(lib.name)} [label=${quoted(`${lib.name}\n${lib.version}`)}${shape(solution, lib)}];`,
    ),
    ...[...new Set(edges)].sort(),
    '}',
    '',
  ].join('\n');
}

function edge(lib: ChosenLib, reason: Reason): string {
  const label = reason.interface === undefined ? '' : ` [label=${quoted(reason.interface)}]`;
  return `  ${quoted(reason.from ?? 'Kraftfile')} -> ${quoted(lib.name)}${label};`;
}

function shape(solution: Solution, lib: ChosenLib): string {
  return lib.name === solution.platform || lib.name === solution.arch ? ', style=bold' : '';
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
