// SPDX-License-Identifier: BSD-3-Clause

import {setFlagsFromString} from 'node:v8';
import type {Cadical} from 'cadical-wasm';
import type {Sat} from './sat.ts';

/** CaDiCaL. Loaded when first used, because a megabyte of WebAssembly is no part of starting up. */
export function openCadical(): Promise<Sat> {
  // False first: an image holds few of the libs that there are.
  return openCadicalWith({phase: false});
}

/** CaDiCaL that searches in another way, as another solver would. */
export async function openCadicalWith(options: {readonly phase: boolean; readonly seed?: number}): Promise<Sat> {
  const {Cadical} = await loadCadical();
  // Questions are many and easy: what CaDiCaL does between searches to make hard ones easier costs more than it saves.
  const solver = await Cadical.create({quiet: true, lucky: false, inprobing: false, elim: false, ...options});
  let variables = 0;
  let stop: (() => boolean) | undefined;
  let isAsked = false;
  const ask = (): void => {
    if (!isAsked) solver.setTerminate(() => stop?.() === true);
    isAsked = true;
  };
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
      // To have CaDiCaL ask takes longer than most searches, so it begins with the part that needs no asking.
      const {conflicts = Infinity} = limit;
      if (stop !== undefined && !isAsked) {
        const answer = solver.solve({assumptions, conflicts: Math.min(unasked, conflicts)});
        if (answer !== 'unknown' || conflicts <= unasked) return answer;
        ask();
      }
      return solver.solve({assumptions, ...(conflicts === Infinity ? {} : {conflicts})});
    },
    value: (literal) => solver.value(literal),
    core: () => solver.failedAssumptions(),
    dispose() {
      solver.dispose();
    },
  };
}

/** Conflicts of a search that are over in a moment. */
const unasked = 100;

let loading: Promise<{readonly Cadical: typeof Cadical}> | undefined;

/** Begins to load CaDiCaL, for whoever will need it once other things are done. */
export function loadCadical(): Promise<{readonly Cadical: typeof Cadical}> {
  loading ??= load();
  return loading;
}

async function load(): Promise<{readonly Cadical: typeof Cadical}> {
  // V8 makes functions faster that ran for some milliseconds, which takes longer than most questions do altogether.
  setFlagsFromString('--wasm-tiering-budget=20000000');
  const loaded = await import('cadical-wasm');
  await loaded.loadCadical();
  return loaded;
}
