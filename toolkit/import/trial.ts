// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {readElf} from '../build/index.ts';
import type {Host} from '../host/index.ts';
import {folderOf} from './find-headers.ts';

/** How files are compiled on trial. */
export interface TrialRequest {
  /** The archive, unpacked; and every file in it. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly candidates: readonly string[];
  /** The compiler for a file, and everything it is called with but include folders of the archive, input and output. */
  readonly command: (file: string) => {readonly program: string; readonly args: readonly string[]};
  readonly onProgress: (done: number, total: number, file: string) => void;
  readonly signal?: AbortSignal;
}

/** A file that compiles, and what it brings and wants. */
export interface Compiled {
  readonly file: string;
  readonly defines: readonly string[];
  /** Of those, what may be defined a second time elsewhere. */
  readonly weak: readonly string[];
  readonly wants: readonly string[];
}

export interface Trial {
  readonly compiled: readonly Compiled[];
  /** Folders of the archive that its own code includes from. */
  readonly include: readonly string[];
  /** What does not compile, and what the compiler says first. */
  readonly failed: readonly {readonly file: string; readonly says: string; readonly lacks?: string}[];
}

/** A header more in each round: deeper than includes of any library nest. */
const rounds = 12;

/** Compiles each candidate by itself; a header that is missing is looked for in the archive, and its folder added. */
export async function tryFiles(host: Host, request: TrialRequest): Promise<Trial> {
  const scratch = await host.makeTemporaryFolder('kraft-ts-import-');
  try {
    const include = new Set<string>();
    const compiled = new Map<string, Compiled>();
    let waiting = [...request.candidates];
    let failures = new Map<string, string>();
    for (let round = 0; round < rounds && waiting.length > 0; round++) {
      failures = new Map();
      const before = include.size;
      await eachOf(waiting, host.cores, async (file, index) => {
        if (request.signal?.aborted === true) return;
        request.onProgress(compiled.size, request.candidates.length, file);
        const output = join(scratch, `${round}-${index}.o`);
        const said = await compileOne(host, {request, include, file, output});
        const elf = said === undefined ? readElf((await host.readBytes(output)) ?? new Uint8Array()) : undefined;
        if (elf === undefined) failures.set(file, said ?? 'the compiler wrote no object');
        else compiled.set(file, symbolsOf(file, elf.symbols));
      });
      for (const said of failures.values()) {
        const missing = missingHeader(said);
        const home = missing === undefined ? undefined : folderOf(missing, request.files);
        if (home !== undefined) include.add(home);
      }
      if (include.size === before) break;
      waiting = [...failures.keys()];
    }
    return {
      compiled: request.candidates.flatMap((file) => compiled.get(file) ?? []),
      include: [...include].sort(),
      failed: [...failures].sort().map(([file, said]) => {
        const lacks = missingHeader(said);
        return {file, says: firstError(said), ...(lacks !== undefined && {lacks})};
      }),
    };
  } finally {
    await host.remove(scratch);
  }
}

interface One {
  readonly request: TrialRequest;
  readonly include: ReadonlySet<string>;
  readonly file: string;
  readonly output: string;
}

/** What the compiler said, where it refused. */
async function compileOne(host: Host, {request, include, file, output}: One): Promise<string | undefined> {
  const {program, args} = request.command(file);
  const folders = [...include].flatMap((inner) => ['-I', join(request.folder, inner)]);
  const input = join(request.folder, file);
  const result = await host.run(program, [...folders, ...args, '-c', input, '-o', output], {
    env: {LC_ALL: 'C'},
    ...(request.signal !== undefined && {signal: request.signal}),
  });
  if (result === 'not-found') return `error: there is no ${program}`;
  return result.exitCode === 0 ? undefined : result.stderr;
}

function symbolsOf(file: string, symbols: NonNullable<ReturnType<typeof readElf>>['symbols']): Compiled {
  const shared = symbols.filter(({binding, name}) => binding !== 'local' && name !== '');
  const defined = shared.filter(({place}) => place !== 'undefined');
  return {
    file,
    defines: defined.map(({name}) => name),
    weak: defined.filter(({binding, place}) => binding === 'weak' || place === 'common').map(({name}) => name),
    wants: shared.filter(({place, binding}) => place === 'undefined' && binding !== 'weak').map(({name}) => name),
  };
}

/** As gcc and clang say it. */
function missingHeader(said: string): string | undefined {
  return /fatal error: '?([^\s':]+)'?(?:: No such file or directory| file not found)/.exec(said)?.[1];
}

function firstError(said: string): string {
  const line = said.split('\n').find((one) => /error: /.test(one)) ?? said.split('\n')[0] ?? '';
  return line.replace(/^.*?error: /, '');
}

/** As many at once as there are cores. */
async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  act: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) await act(item, index);
    }
  };
  await Promise.all(Array.from({length: Math.max(1, atOnce)}, worker));
}
