// SPDX-License-Identifier: BSD-3-Clause

import type {Sat} from './sat.ts';

/** CaDiCaL. Loaded when first used, because a megabyte of WebAssembly is no part of starting up. */
export function openCadical(): Promise<Sat> {
  // False first: an image holds few of the libs that there are.
  return openCadicalWith({phase: false});
}

/** CaDiCaL that searches in another way, as another solver would. */
export async function openCadicalWith(options: {readonly phase: boolean; readonly seed?: number}): Promise<Sat> {
  const {Cadical} = await import('cadical-wasm');
  // Questions are many and easy: what CaDiCaL does between searches to make hard ones easier costs more than it saves.
  const solver = await Cadical.create({quiet: true, lucky: false, inprobing: false, elim: false, ...options});
  let variables = 0;
  let stop: (() => boolean) | undefined;
  let isAsked = false;
  return {
    newVariable() {
      variables += 1;
      return variables;
    },
    addClause(literals) {
      solver.addClause(literals);
    },
    solve(assumptions, limit = {}) {
      stop = limit.stop;
      if (stop !== undefined && !isAsked) {
        isAsked = true;
        solver.setTerminate(() => stop?.() === true);
      }
      return solver.solve({assumptions, ...(limit.conflicts === undefined ? {} : {conflicts: limit.conflicts})});
    },
    value: (literal) => solver.value(literal),
    core: () => solver.failedAssumptions(),
    dispose() {
      solver.dispose();
    },
  };
}
