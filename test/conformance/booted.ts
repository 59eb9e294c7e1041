// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Ended, needsOf, type Workbench} from '../../toolkit/conform/index.ts';
import {openEngine, printDiagnostics, runCommand, runProject} from '../../toolkit/engine.ts';
import {kit, libNamed} from './bench.ts';
import {unhurried} from './unhurried.ts';

/** A suite as the app of an image, with the provider that it is put to. */
export interface BootedTrial {
  readonly platform: string;
  readonly interface: string;
  readonly suite: string;
  readonly provider: string;
  /** Beneath it, where there are several. */
  readonly sched?: string;
}

/** Builds the image and runs it on its platform's usual machine. */
export async function boot(bench: Workbench, trial: BootedTrial): Promise<Ended> {
  const folder = await project(bench, trial);
  let output = '';
  const engine = openEngine({
    kit,
    cwd: folder,
    directory: undefined,
    onEvent: (event) => {
      if (event.type === 'run' && event.reason === 'console') output += Buffer.from(event.bytes).toString();
    },
  });
  const ended = await runProject(engine, {...request, timeout: 60_000});
  if (!ended.ok) return {exitCode: null, output: printDiagnostics(ended.error)};
  const outcome = ended.value;
  return {exitCode: outcome.kind === 'exited' ? outcome.status : null, output: `${output}${outcome.kind}`};
}

/** What QEMU is told on top: values of `-global` and of `-device`, and any other words. */
interface Extras {
  readonly machine: string;
  readonly settings: readonly string[];
  readonly devices: readonly string[];
  readonly words?: readonly string[];
}

/** As `boot`, on a machine of platform kvm that has more devices than the image has drivers for. */
export async function bootWith(
  bench: Workbench,
  trial: BootedTrial,
  {machine, devices, settings, words: others = []}: Extras,
): Promise<Ended> {
  const engine = openEngine({
    kit,
    cwd: await project(bench, trial),
    directory: undefined,
    onEvent: () => {},
  });
  const command = await runCommand(engine, {...request, machine});
  if (!command.ok) return {exitCode: null, output: printDiagnostics(command.error)};
  const [program = '', ...words] = command.value.words;
  const more = [
    ...others,
    ...settings.flatMap((setting) => ['-global', setting]),
    ...devices.flatMap((device) => ['-device', device]),
  ];
  const ended = await bench.host.run(program, [...words, ...more], {
    signal: AbortSignal.timeout(60_000),
  });
  if (ended === 'not-found') throw new Error(`There is no ${program}`);
  // isa-debug-exit makes (status << 1) | 1 of it.
  return {exitCode: ended.exitCode === null ? null : ended.exitCode >> 1, output: ended.stdout + ended.stderr};
}

const request = {build: 'when-needed', ports: [], args: [], accelerator: 'tcg'} as const;

/** The suite as a project; returns its folder. */
async function project(bench: Workbench, trial: BootedTrial): Promise<string> {
  const {platform, interface: of, suite, provider} = trial;
  const file = join(kit, 'libs/interfaces', of, 'conformance', `${suite}.c`);
  const folder = join(bench.folder, [platform, suite, provider, trial.sched ?? ''].join('-'));
  const {host, catalog} = bench;
  const promised = libNamed(catalog, provider).provides.some((each) => each.interface === of);
  const needs = [...(await needsOf(host, catalog, file)), ...(promised ? [of] : [])];
  await host.copyFile(file, join(folder, 'suite.c'));
  await host.writeFile(join(folder, 'Kraftfile'), kraftfile(trial, needs));
  return folder;
}

function kraftfile({platform, suite, provider, sched}: BootedTrial, needs: readonly string[]): string {
  const isPlatform = provider === platform;
  const entry = (lib: string): string => `${lib}: {options: ${JSON.stringify(unhurried(suite)[lib] ?? {})}}`;
  return [
    'spec: v1',
    `name: ${suite}`,
    'sources: [suite.c]',
    `needs: [${[...new Set(needs)].join(', ')}]`,
    `libraries: {${['conformance-tap', ...(isPlatform ? [] : [provider]), ...(sched === undefined ? [] : [sched])].map(entry).join(', ')}}`,
    'choose: {panic: conformance-tap}',
    `targets: [${platform}/x86_64]`,
    '',
  ].join('\n');
}
