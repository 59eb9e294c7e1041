// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {countProcess, startCounted} from '../counter.ts';
import {loadedBytes} from '../elf.ts';
import {leastMemory} from '../least-memory.ts';
import type {Group, Row} from '../row.ts';
import {type BuiltImage, build, runCommand, workFolder} from '../tool.ts';

/** Size and least memory of apps/sqlite, and what apps/speedtest1 executes beside a process of Linux. */
export const sqlite: Group = {
  name: 'sqlite',
  rows: async () => {
    const shell = build('apps/sqlite');
    const speed = build('apps/speedtest1');
    return [
      size(shell),
      memory(shell),
      speedtest(speed, {compiler: 'musl-gcc', by: 'on musl', atMost: 1.05}),
      speedtest(speed, {compiler: 'gcc', by: 'on glibc, with AVX2', atMost: 1.05}),
    ];
  },
};

function size(image: BuiltImage): Row {
  return {
    name: 'SQLite image, text and data',
    unit: 'bytes',
    peer: '2.05 MB',
    atMost: 1_500_000,
    measure: async () => loadedBytes(`${image.folder}/sqlite.elf`).file,
  };
}

/** With which the shell makes a database on a volume, fills a table, and reads it. */
function memory(image: BuiltImage): Row {
  const script = 'CREATE TABLE t(a, b); INSERT INTO t VALUES(1, 41), (2, 1); SELECT sum(b) FROM t;';
  return {
    name: 'SQLite, least memory',
    unit: 'KiB',
    peer: '6.4 MiB',
    atMost: 5 * 1024,
    measure: () =>
      leastMemory(async (kibibytes) => {
        const data = mkdtempSync(path.join(tmpdir(), 'kraft-ts-bench-sqlite-'));
        try {
          const words = ['-m', `${kibibytes}K`, '-v', `${data}:/data`, '--', '/data/t.db', script];
          const result = spawnSync('timeout', ['20', 'sh', '-c', `exec ${runCommand(image, words)}`], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'pipe'],
          });
          return result.status === 1 && / 42 /.test(result.stdout);
        } finally {
          rmSync(data, {recursive: true, force: true});
        }
      }),
  };
}

/** Of the whole instance, boot and system calls included, by those that the process executes for itself. */
function speedtest(
  image: BuiltImage,
  {compiler, by, atMost}: {readonly compiler: string; readonly by: string; readonly atMost: number},
): Row {
  return {
    name: `speedtest1 in memory, by a process ${by}`,
    unit: 'ratio',
    peer: '–',
    atMost,
    measure: async () => {
      const guest = startCounted(runCommand(image, []));
      if ((await guest.exited) !== 1 || !guest.output().includes('TOTAL'))
        throw new Error(`speedtest1 did not end well: ${guest.output()}`);
      const program = compileProcess(image, compiler);
      return guest.figures().instructions / countProcess(program, ['--memdb', '--size', '20', ':memory:']);
    },
  };
}

interface Compiled {
  readonly file: string;
  readonly arguments: readonly string[];
}

/** The same sources with the same definitions, as Linux's compilers do by themselves with -O2 -static. */
function compileProcess(image: BuiltImage, compiler: string): string {
  const commands: readonly Compiled[] = JSON.parse(readFileSync(`${image.folder}/compile_commands.json`, 'utf8'));
  const wanted = commands.filter(({file}) => /\/(sqlite3|speedtest1|main)\.c$/.test(file));
  const headers = wanted.map(({file}) => `-I${path.dirname(file)}`);
  const objects = wanted.map(({file, arguments: words}) => {
    const object = path.join(workFolder, `${path.basename(file)}.${compiler}.o`);
    const definitions = words.filter((word) => word.startsWith('-D'));
    execFileSync(compiler, ['-O2', '-w', ...definitions, ...headers, '-c', file, '-o', object]);
    return object;
  });
  const program = path.join(workFolder, `speedtest1.${compiler}`);
  execFileSync(compiler, ['-static', '-o', program, ...objects, '-lm']);
  return program;
}
