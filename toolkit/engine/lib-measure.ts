// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {fail, ok, quote, type Result} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import {type Authored, openAuthored} from './author.ts';
import {bootCost} from './boot-cost.ts';
import {suiteProgram, suiteProject} from './boot-suite.ts';
import {type BuiltProject, buildProject} from './build-project.ts';
import type {Engine} from './engine.ts';
import {pairingsOf} from './lib-test.ts';

/** What a lib costs, as `measured` in a manifest says it. */
export type Measured = Lib['measured'];

export interface MeasureReport {
  readonly name: string;
  /** The platform of the images that were measured; absent: no image has anything of the lib. */
  readonly on?: string;
  readonly measured: Measured;
  /** What the manifest said before. */
  readonly before: Measured;
  /** Figures that are further from what the manifest says than a tenth. */
  readonly stale: readonly (keyof Measured)[];
}

interface Request {
  /** Whether the figures go into the manifest. */
  readonly manifest: 'write' | 'leave';
  readonly signal?: AbortSignal;
}

/**
 * Measures a lib in images of the suites of what it provides, of which most use all of it, and in one that does
 * nothing. Sizes and symbols are the linker's, instructions are those of an emulated machine: the figures are the same
 * wherever they are taken.
 */
export async function measureLib(engine: Engine, {manifest, signal}: Request): Promise<Result<MeasureReport>> {
  const authored = await openAuthored(engine);
  if (!authored.ok) return authored;
  const {what, folder} = authored.value;
  if (what.kind !== 'lib')
    return fail([{severity: 'error', message: `${quote(what.interface.name)} is an interface: libs cost something.`}]);
  const {lib} = what;
  const found = await measure(authored.value, lib, signal);
  if (!found.ok) return found;
  const report = {
    name: lib.name,
    ...found.value,
    before: lib.measured,
    stale: figures.filter((figure) => isStale(lib.measured[figure], found.value.measured[figure])),
  };
  if (manifest === 'write') await write(engine, join(folder, 'lib.yaml'), report.measured);
  return ok(report);
}

const figures = ['size', 'memory', 'boot', 'surface'] as const;

/** A few bytes more or less are no news. */
function isStale(said: number | undefined, is: number | undefined): boolean {
  if (said === undefined || is === undefined) return said !== is;
  return Math.abs(said - is) > Math.max(64, is / 10);
}

async function measure(
  authored: Authored,
  lib: Lib,
  signal: AbortSignal | undefined,
): Promise<Result<Pick<MeasureReport, 'on' | 'measured'>>> {
  for (const platform of platformsFor(authored, lib)) {
    const images = await imagesOn(authored, {lib, platform, signal});
    if (!images.ok) return images;
    const {bare, used} = images.value;
    if (bare === undefined) continue;
    const sizes = used.map(({facts}) => facts.shares.find(({owner}) => owner === lib.name));
    const most = (parts: readonly ('text' | 'rodata' | 'data' | 'bss')[]): number =>
      Math.max(0, ...sizes.map((share) => parts.reduce((sum, part) => sum + (share?.[part] ?? 0), 0)));
    const boot = await bootCost(authored, {lib, platform, place: placeOf(authored), ...(signal && {signal})});
    const measured = {
      // What no suite uses, the linker leaves out: then what the manifest promises counts.
      ...(used.length > 0 && {
        size: most(['text', 'rodata', 'data']),
        memory: most(['text', 'rodata', 'data', 'bss']),
      }),
      ...(boot !== undefined && {boot}),
      surface: await surface(authored.engine, bare, lib),
    };
    return ok({on: platform.name, measured});
  }
  // An arch, say, is how things are compiled.
  return ok({measured: {size: 0, memory: 0, boot: 0, surface: 0}});
}

/** Those that boot under an emulator first: only there, instructions can be counted. */
function platformsFor({catalog}: Authored, lib: Lib): readonly Lib[] {
  if (lib.kind === 'platform') return [lib];
  const emulated = ({boot}: Lib): boolean => boot?.machines.some(({qemu}) => qemu !== undefined) === true;
  const all = catalog.libs.filter((each) => each.kind === 'platform' && each.onlyByName !== true);
  return lib.kind === 'arch' ? [] : [...all].sort((one, other) => Number(emulated(other)) - Number(emulated(one)));
}

function placeOf({folder}: Authored): string {
  return join(folder, '.kraft', 'test');
}

async function imagesOn(
  authored: Authored,
  {lib, platform, signal}: {readonly lib: Lib; readonly platform: Lib; readonly signal: AbortSignal | undefined},
): Promise<Result<{readonly bare: BuiltProject | undefined; readonly used: readonly BuiltProject[]}>> {
  // Also those that it is let off: it is linked as others would use it, and not run.
  const pairings = (await pairingsOf(authored)).filter(({interface: of}) => of !== undefined);
  const called = authored.catalog.interfaces.filter(
    ({name, symbols, driver}) =>
      symbols.length + (driver === undefined ? 0 : 1) > 0 && lib.provides.some((row) => row.interface === name),
  );
  const isCovered =
    lib.kind !== 'lib' || called.every(({name}) => pairings.some(({interface: of}) => of?.name === name));
  const used: BuiltProject[] = [];
  let bare: BuiltProject | undefined;
  for (const pairing of [...pairings, undefined]) {
    const program = pairing && suiteProgram(pairing);
    const project = await suiteProject(authored, {program, lib, platform, place: placeOf(authored)});
    if ('unfit' in project) continue;
    const built = await buildProject(project.engine, {...(signal && {signal})});
    if (!built.ok) return built;
    if (pairing === undefined) bare = built.value;
    else used.push(built.value);
  }
  return ok({bare, used: isCovered ? used : []});
}

/** Symbols that others can use of what is linked. */
async function surface({host}: Engine, {folder}: BuiltProject, {name}: Lib): Promise<number> {
  const {readElf} = await import('../build/index.ts');
  const elf = readElf((await host.readBytes(join(folder, 'lib', `${name}.o`))) ?? new Uint8Array());
  return elf?.symbols.filter(({binding, place}) => binding === 'global' && place === 'defined').length ?? 0;
}

/** In the place of what was measured before, or as the last line. */
async function write({host}: Engine, path: string, measured: Measured): Promise<void> {
  const text = (await host.readFile(path)) ?? '';
  const parts = figures.flatMap((name) => (measured[name] === undefined ? [] : [`${name}: ${measured[name]}`]));
  const line = `measured: {${parts.join(', ')}}\n`;
  const old = /^measured:.*\n(?:[ \t]+.*\n)*/m;
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  await host.writeFileIfChanged(path, old.test(whole) ? whole.replace(old, line) : `${whole}${line}`);
}
