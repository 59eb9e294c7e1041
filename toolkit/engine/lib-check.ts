// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, listing, ok, printSize, type Result} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import type {Share} from '../plan/index.ts';
import {type Authored, openAuthored} from './author.ts';
import {suiteProgram, suiteProject} from './boot-suite.ts';
import {buildProject} from './build-project.ts';
import type {Engine} from './engine.ts';
import {licenceProblems} from './lib-licence.ts';
import {comparePublished, type Published} from './lib-published.ts';
import {pairingsOf} from './lib-test.ts';
import {type CheckedPackage, checkPackage} from './package-check.ts';
import {npmDiagnostic} from './package-place.ts';
import {filesToPack, leftOut} from './packed-files.ts';

/** One thing that was looked at. */
export interface Checked {
  readonly what: 'package' | 'licence' | 'image' | 'compatibility';
  readonly outcome: 'ok' | 'failed' | 'not-known';
  /** What was found, in a line. */
  readonly found: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CheckReport {
  readonly name: string;
  readonly version: string;
  readonly checks: readonly Checked[];
  readonly passed: boolean;
  readonly published: Published;
}

/** All that is to be known of a lib or an interface without running it. */
export async function checkLib(
  engine: Engine,
  {signal}: {readonly signal?: AbortSignal},
): Promise<Result<CheckReport>> {
  const authored = await openAuthored(engine);
  return authored.ok ? ok(await checkAuthored(authored.value, {...(signal && {signal})})) : authored;
}

export async function checkAuthored(
  authored: Authored,
  {signal}: {readonly signal?: AbortSignal},
): Promise<CheckReport> {
  const {engine, folder, what} = authored;
  const {name, version} = what.kind === 'lib' ? what.lib : what.interface;
  const checked = await checkPackage(engine, folder);
  const wrong = checked.ok ? await packing(authored, checked.value) : checked.error;
  const sound: Checked = {
    what: 'package',
    outcome: wrong.length === 0 ? 'ok' : 'failed',
    found:
      wrong.length === 0 ? 'manifest and package.json agree' : checked.ok ? 'its tarball' : 'manifest and package.json',
    diagnostics: wrong,
  };
  const licence = await licenceProblems(engine, authored);
  const license = what.kind === 'lib' ? what.lib.license : '';
  const checks: Checked[] = [
    sound,
    {
      what: 'licence',
      outcome: licence.length === 0 ? 'ok' : 'failed',
      found: license === '' ? 'each file says it' : `${license}, as each file says`,
      diagnostics: licence,
    },
    ...(what.kind === 'lib' ? await images(authored, what.lib, signal) : []),
  ];
  const packageName = checked.ok ? checked.value.facts.name : name;
  const {published, check} = await comparePublished(authored, {name: packageName, version});
  const all = [...checks, check];
  return {name, version, checks: all, passed: all.every(({outcome}) => outcome !== 'failed'), published};
}

/** Whether the tarball will have all that it is made for. */
async function packing({engine, folder}: Authored, checked: CheckedPackage): Promise<readonly Diagnostic[]> {
  const packed = await filesToPack(engine, folder);
  if (!packed.ok) return [await npmDiagnostic(engine, packed.error, {spec: checked.facts.name, folder})];
  const absent = await leftOut(engine, {folder, checked, packed: packed.value});
  return absent === undefined ? [] : [absent];
}

/** An image with the lib in it on each platform: the build audits its symbols, its headers and its budget. */
async function images(authored: Authored, lib: Lib, signal: AbortSignal | undefined): Promise<readonly Checked[]> {
  const {catalog, folder} = authored;
  const platforms = catalog.libs.filter((each) => each.kind === 'platform' && !each.onlyByName);
  const [pairing] = (await pairingsOf(authored)).filter((each) => each.interface !== undefined);
  const unfit: NonNullable<Diagnostic['notes']>[number][] = [];
  const emit = onceEachText(authored.engine);
  const found: Checked[] = [];
  for (const platform of platforms) {
    const project = await suiteProject(authored, {
      program: pairing && suiteProgram(pairing),
      lib,
      platform,
      place: join(folder, '.kraft', 'test'),
    });
    if ('unfit' in project)
      unfit.push({message: `${platform.name}: ${project.unfit}`, ...(project.at !== undefined && {at: project.at})});
    else found.push(await image({...project.engine, emit}, {lib, platform, ...(signal && {signal})}));
  }
  if (found.length > 0) return found;
  const message = `No image has ${lib.name}: it fits no platform.`;
  const diagnostic: Diagnostic = {severity: 'error', message, at: lib.at, notes: unfit};
  return [{what: 'image', outcome: 'failed', found: 'none', diagnostics: [diagnostic]}];
}

/** Of what goes on in builds, only what compilers say is passed on: once, though each platform's build says it. */
function onceEachText({emit}: Engine): Engine['emit'] {
  const said = new Set<string>();
  return (event) => {
    if (event.type !== 'build' || event.reason !== 'output' || said.has(event.text)) return;
    said.add(event.text);
    emit(event);
  };
}

async function image(
  engine: Engine,
  {lib, platform, signal}: {readonly lib: Lib; readonly platform: Lib; readonly signal?: AbortSignal},
): Promise<Checked> {
  const built = await buildProject(engine, {...(signal && {signal})});
  if (!built.ok) return {what: 'image', outcome: 'failed', found: `on ${platform.name}`, diagnostics: built.error};
  const {overBudget} = await import('../build/index.ts');
  const share = built.value.facts.shares.find(({owner}) => owner === lib.name);
  const over = overBudget(built.value.facts).filter(() => share !== undefined && exceeds(share));
  return {
    what: 'image',
    outcome: over.length === 0 ? 'ok' : 'failed',
    found: `on ${platform.name}: ${share === undefined || isEmpty(share) ? 'nothing of it is used' : sizes(share)}`,
    diagnostics: over.map((each) => ({...each, severity: 'error' as const})),
  };
}

function isEmpty({text, rodata, data, bss}: Share): boolean {
  return text + rodata + data + bss === 0;
}

function exceeds({text, rodata, data, bss, budget = {}}: Share): boolean {
  return (
    text + rodata > (budget.text ?? Number.POSITIVE_INFINITY) ||
    data > (budget.data ?? Number.POSITIVE_INFINITY) ||
    bss > (budget.bss ?? Number.POSITIVE_INFINITY)
  );
}

function sizes({text, rodata, data, bss, budget}: Share): string {
  const of = (name: string, size: number, most: number | undefined): string =>
    `${name} ${printSize(size)}${most === undefined ? '' : ` of ${printSize(most)}`}`;
  return listing([
    of('text', text + rodata, budget?.text),
    of('data', data, budget?.data),
    of('bss', bss, budget?.bss),
  ]);
}
