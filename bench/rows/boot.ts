// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {startCounted} from '../counter.ts';
import {loadedBytes, symbolAddress} from '../elf.ts';
import {leastMemory} from '../least-memory.ts';
import type {Group, Row} from '../row.ts';
import {type BuiltImage, build, compile, runCommand} from '../tool.ts';

/** Size, boot cost, least memory and wall time of apps/hello. */
export const boot: Group = {
  name: 'boot',
  rows: async () => {
    const hello = build('apps/hello');
    return [imageSize(hello), entryToMain(hello), helloMemory(hello), wallRatio(hello)];
  },
};

function imageSize(hello: BuiltImage): Row {
  return {
    name: 'hello image, as loaded',
    unit: 'bytes',
    peer: '242 KB default, 140 KB smallest',
    atMost: 48 * 1024,
    measure: async () => loadedBytes(path.join(hello.folder, 'hello.elf')).memory,
  };
}

function entryToMain(hello: BuiltImage): Row {
  return {
    name: 'hello, entry → main',
    unit: 'instructions',
    peer: '63,800 + a 100 M spin',
    atMost: 30_000,
    measure: async () => {
      const elf = path.join(hello.folder, 'hello.debug.elf');
      const guest = startCounted(runCommand(hello, []), {
        from: symbolAddress(elf, 'kvm_entry'),
        to: symbolAddress(elf, 'main'),
      });
      await guest.exited;
      const {from, to} = guest.figures();
      if (from.executions === 0 || to.executions === 0) throw new Error(`hello did not reach main: ${guest.output()}`);
      return to.first - from.first;
    },
  };
}

function helloMemory(hello: BuiltImage): Row {
  return {
    name: 'hello, least memory',
    unit: 'KiB',
    peer: '1.46 MiB (1.2 smallest)',
    atMost: 1024,
    measure: async () =>
      leastMemory(async (kibibytes) => {
        const command = runCommand(hello, ['-m', `${kibibytes}K`]);
        const result = spawnSync('timeout', ['10', 'sh', '-c', `exec ${command}`], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        return result.status === 1 && /hello/i.test(result.stdout);
      }),
  };
}

/** Pairs run in turn, so that the machine's noise falls on both; the median of the ratios. */
function wallRatio(hello: BuiltImage): Row {
  return {
    name: 'hello, wall, start → exit, by an empty guest',
    unit: 'ratio',
    peer: '118–124 ms',
    atMost: 2,
    measure: async () => {
      const empty = compile('bench/empty/empty.S', 'empty', [
        '-nostdlib',
        '-static',
        '-Wl,-e,start',
        '-Wl,-Ttext=0x100000',
        '-Wl,--build-id=none',
        '-no-pie',
      ]);
      const command = runCommand(hello, []);
      const emptyCommand = command.replace(/-kernel \S+/, `-kernel ${empty}`);
      const ratios: number[] = [];
      for (let pair = 0; pair < 15; pair += 1) {
        ratios.push(seconds(command) / seconds(emptyCommand));
      }
      ratios.sort((a, b) => a - b);
      return ratios[7] ?? Number.NaN;
    },
  };
}

function seconds(command: string): number {
  const started = process.hrtime.bigint();
  const result = spawnSync('sh', ['-c', `exec ${command}`], {stdio: ['ignore', 'pipe', 'pipe']});
  if (result.status !== 1) throw new Error(`a guest ended with ${result.status}: ${result.stderr.toString()}`);
  return Number(process.hrtime.bigint() - started) / 1e9;
}
