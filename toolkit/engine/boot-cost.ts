// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Lib} from '../catalog/index.ts';
import type {Authored} from './author.ts';
import {suiteProject} from './boot-suite.ts';
import {buildProject} from './build-project.ts';
import type {Engine} from './engine.ts';
import {runCommand} from './run-project.ts';

interface Request {
  readonly lib: Lib;
  readonly platform: Lib;
  /** A folder for images. */
  readonly place: string;
  readonly signal?: AbortSignal;
}

/**
 * Instructions that a lib's start takes, in an image that does nothing else; of a platform, until it starts the first
 * lib. Undefined where no emulator can count them.
 *
 * The emulator writes down the address of each instruction, so nothing but itself is needed to count them.
 */
export async function bootCost(
  authored: Authored,
  {lib, platform, place, signal}: Request,
): Promise<number | undefined> {
  const first = lib.kind === 'platform' ? lib.boot?.entry : lib.starts;
  if (first === undefined) return 0;
  if (platform.boot?.machines.some(({qemu}) => qemu !== undefined) !== true) return undefined;
  const project = await suiteProject(authored, {program: undefined, lib, platform, place});
  if ('unfit' in project) return undefined;
  const built = await buildProject(project.engine, {...(signal && {signal})});
  if (!built.ok) return undefined;
  const {folder, facts} = built.value;
  const symbols = await addresses(authored.engine, join(folder, facts.debug));
  const from = symbols.get(first);
  // What the platform calls next: another lib's start, or what it needs for main.
  const next = [...(await startsOf(authored.engine, folder)), 'kr_boot_argument_count']
    .flatMap((name) => symbols.get(name) ?? [])
    .filter((address) => address !== from);
  const log = join(folder, 'instructions.log');
  const ends = facts.segments.map(({address, memorySize}) => address + memorySize);
  const range = `0x${Math.min(...facts.segments.map(({address}) => address)).toString(16)}..0x${Math.max(...ends).toString(16)}`;
  const ran = await logged(project.engine, ['-d', 'exec,nochain', '-dfilter', range, '-D', log], signal);
  if (from === undefined || !ran) return undefined;
  const text = (await authored.engine.host.readFile(log)) ?? '';
  await authored.engine.host.remove(log);
  return countBetween(text, from, new Set(next));
}

/** The same instructions each time, one by one: QEMU calls that by another name since 8.1. */
const deterministic = ['-icount', 'shift=0,sleep=off', '-rtc', 'base=2020-01-01,clock=vm', '-seed', '1'];
const oneByOne = [['-singlestep'], ['-accel', 'tcg,one-insn-per-tb=on']];

async function logged(engine: Engine, words: readonly string[], signal: AbortSignal | undefined): Promise<boolean> {
  const command = await runCommand(engine, {
    build: 'when-needed',
    ports: [],
    args: [],
    accelerator: 'tcg',
    ...(signal && {signal}),
  });
  if (!command.ok) return false;
  const [program = '', ...flags] = command.value.words;
  for (const way of oneByOne) {
    const ended = await engine.host.run(program, [...flags, ...deterministic, ...way, ...words], {
      signal: AbortSignal.timeout(patience),
    });
    if (ended !== 'not-found' && ended.signal === null && !/invalid option|not found/.test(ended.stderr)) return true;
  }
  return false;
}

/** Milliseconds. */
const patience = 120_000;

async function addresses({host}: Engine, path: string): Promise<ReadonlyMap<string, number>> {
  const {readElf} = await import('../build/index.ts');
  const elf = readElf((await host.readBytes(path)) ?? new Uint8Array());
  return new Map(elf?.symbols.filter(({place}) => place === 'defined').map(({name, value}) => [name, value]));
}

/** Functions that the generated table of the image starts libs with. */
async function startsOf({host}: Engine, folder: string): Promise<readonly string[]> {
  const table = (await host.readFile(join(folder, 'generated', 'boot.c'))) ?? '';
  return [...table.matchAll(/^int (\w+)\(void\);$/gm)].flatMap(([, name]) => name ?? []);
}

/** Lines of a log, `Trace 0: HOST [SEGMENT/ADDRESS/…]`, from one address on until one of others. */
export function countBetween(log: string, from: number, to: ReadonlySet<number>): number | undefined {
  let count: number | undefined;
  for (const [, hexadecimal = ''] of log.matchAll(/^Trace \d+: \S+ \[[0-9a-f]+\/([0-9a-f]+)\//gm)) {
    const address = Number.parseInt(hexadecimal, 16);
    if (count === undefined && address === from) count = 0;
    if (count === undefined) continue;
    if (to.has(address)) return count;
    count += 1;
  }
  return undefined;
}
