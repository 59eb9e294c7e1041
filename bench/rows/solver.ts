// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {libName} from '../../toolkit/base/index.ts';
import {lockSolution, openSession, recall, repair, solve, solveWithin, withTarget} from '../../toolkit/solve/index.ts';
import type {Group, Row} from '../row.ts';
import {madeUpQuestion, type Shape} from '../solver-catalog.ts';
import {kraft, repository, workFolder} from '../tool.ts';

/** The solver on catalogs made up from a seed, so that every run asks the same questions. */
export const solver: Group = {
  name: 'solver',
  rows: async () => {
    await solve(madeUpQuestion({...solverShape(100), roots: 2}));
    return [
      wholeSolve(),
      ...answers(2000, {first: 0.3, best: 3}),
      ...answers(10_000, {first: 2, best: 15}),
      seconds('a planted conflict of 3 facts among 2000 libs', 0.5, async () => {
        const {kind} = await solve(madeUpQuestion({...solverShape(2000), conflicts: 3}));
        return kind === 'conflict';
      }),
      seconds('five repairs of three of those', 2, async () => {
        const repairs = await repair(madeUpQuestion({...solverShape(2000), conflicts: 3}));
        return repairs.length === 5;
      }),
      ...toggles(),
      recalled(),
      memory(),
    ];
  },
};

export function solverShape(libs: number): Shape {
  const interfaces = Math.round(libs * 0.075);
  return {seed: 1, libs, versions: 5, needs: 4, interfaces, providers: 4, roots: 12, laggards: 0.02};
}

function answers(libs: number, atMost: {readonly first: number; readonly best: number}): readonly Row[] {
  const question = madeUpQuestion(solverShape(libs));
  return [
    seconds(`${libs} libs, first answer`, atMost.first, async () => {
      let found = 0;
      const answer = await solveWithin(question, {stop: () => found > 0, onBetter: () => (found += 1)});
      return answer.kind === 'solution';
    }),
    seconds(`${libs} libs, best answer, proven`, atMost.best, async () => {
      const answer = await solveWithin(question, {stop: () => false});
      return answer.kind === 'solution' && answer.proven;
    }),
  ];
}

/** How long it takes; for ever where it does not do what it should. */
function seconds(name: string, atMost: number, work: () => Promise<boolean>): Row {
  const measure = async (): Promise<number> => {
    const started = performance.now();
    return (await work()) ? (performance.now() - started) / 1000 : Infinity;
  };
  return {name, unit: 's', peer: '–', atMost, measure};
}

function toggles(): readonly Row[] {
  let times: Promise<readonly number[]> | undefined;
  const share = (part: number) => async (): Promise<number> => {
    times ??= toggleTimes();
    return (await times)[Math.floor((await times).length * part)] ?? Infinity;
  };
  const name = 'one toggle over 500 visible libs';
  return [
    {name: `${name}, median`, unit: 'ms', peer: '–', atMost: 10, measure: share(0.5)},
    {name: `${name}, 99th percentile`, unit: 'ms', peer: '–', atMost: 50, measure: share(0.99)},
  ];
}

async function toggleTimes(): Promise<readonly number[]> {
  const question = madeUpQuestion(solverShape(2000));
  const libs = question.catalog.libs.filter(({kind}) => kind === 'lib').map(({name}) => name);
  const names = [...new Set(libs)].filter((_, index) => index % 4 === 0).slice(0, 500);
  const session = await openSession(question, names);
  session.pick(libName(names[0] ?? ''), 'either');
  const times: number[] = [];
  for (let index = 0; index < 200; index++) {
    const name = names[(index * 7919) % names.length] ?? libName('');
    const started = performance.now();
    const standing = session.pick(name, index % 3 === 0 ? 'in' : index % 3 === 1 ? 'out' : 'either');
    times.push(performance.now() - started);
    if (standing.kind === 'clash') session.pick(name, 'either');
  }
  session.dispose();
  return times.sort((a, b) => a - b);
}

function recalled(): Row {
  return {
    name: 'a lock of 28 libs still holds',
    unit: 'ms',
    peer: '–',
    atMost: 20,
    measure: async () => {
      const question = madeUpQuestion({...solverShape(200), roots: 6});
      const answer = await solve(question);
      if (answer.kind !== 'solution') return Infinity;
      const lock = withTarget(undefined, lockSolution(answer, question), question.spec);
      const started = performance.now();
      return recall({...question, lock}) === undefined ? Infinity : performance.now() - started;
    },
  };
}

/** A process of its own, from the shell's point of view: the least of several, as others share the machine. */
function wholeSolve(): Row {
  return {
    name: 'kraft-ts solve on the bundled catalog, a process',
    unit: 'ms',
    peer: '–',
    atMost: 150,
    measure: async () => {
      const folder = path.join(workFolder, 'solve');
      mkdirSync(folder, {recursive: true});
      writeFileSync(path.join(folder, 'Kraftfile'), 'spec: v1\nname: bench\ntargets: [kvm/x86_64]\nneeds: [libc]\n');
      writeFileSync(path.join(folder, 'main.c'), 'int main(void)\n{\n    return 0;\n}\n');
      const times = Array.from({length: 8}, () => {
        const started = performance.now();
        kraft(folder, ['solve']);
        return performance.now() - started;
      });
      return Math.min(...times);
    },
  };
}

/** In a process that does nothing else. */
function memory(): Row {
  return {
    name: 'memory at its highest, best answer for 10000 libs',
    unit: 'MB',
    peer: '–',
    atMost: 600,
    measure: async () => {
      const said = execFileSync(process.execPath, ['--import', 'tsx', 'bench/solver-memory.ts'], {
        cwd: repository,
        encoding: 'utf8',
      });
      return Number(said) / 1e6;
    },
  };
}
