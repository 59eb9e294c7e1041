// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Ended, needsOf, type Workbench} from '../../toolkit/conform/index.ts';
import {openEngine, printDiagnostics, runProject} from '../../toolkit/engine.ts';
import {kit, libNamed} from './bench.ts';
import {unhurried} from './unhurried.ts';

/** A suite as the app of an image, with the provider that it is put to. */
export interface BootedTrial {
  readonly platform: string;
  readonly interface: string;
  readonly suite: string;
  readonly provider: string;
}

/** Builds the image and runs it on its platform's usual machine. */
export async function boot(bench: Workbench, {platform, interface: of, suite, provider}: BootedTrial): Promise<Ended> {
  const file = join(kit, 'libs/interfaces', of, 'conformance', `${suite}.c`);
  const folder = join(bench.folder, `${platform}-${suite}-${provider}`);
  const {host, catalog} = bench;
  const promised = libNamed(catalog, provider).provides.some((each) => each.interface === of);
  const needs = [...(await needsOf(host, catalog, file)), ...(promised ? [of] : [])];
  await host.copyFile(file, join(folder, 'suite.c'));
  await host.writeFile(join(folder, 'Kraftfile'), kraftfile({platform, interface: of, suite, provider}, needs));

  let output = '';
  const engine = openEngine({
    kit,
    cwd: folder,
    directory: undefined,
    onEvent: (event) => {
      if (event.type === 'run' && event.reason === 'console') output += Buffer.from(event.bytes).toString();
    },
  });
  const ended = await runProject(engine, {
    build: 'when-needed',
    ports: [],
    args: [],
    accelerator: 'tcg',
    timeout: 60_000,
  });
  if (!ended.ok) return {exitCode: null, output: printDiagnostics(ended.error)};
  const outcome = ended.value;
  return {exitCode: outcome.kind === 'exited' ? outcome.status : null, output: `${output}${outcome.kind}`};
}

function kraftfile({platform, suite, provider}: BootedTrial, needs: readonly string[]): string {
  const isPlatform = provider === platform;
  const options = JSON.stringify(unhurried(suite)[provider] ?? {});
  return [
    'spec: v1',
    `name: ${suite}`,
    'sources: [suite.c]',
    `needs: [${[...new Set(needs)].join(', ')}]`,
    `libraries: {conformance-tap: '*'${isPlatform ? '' : `, ${provider}: {options: ${options}}`}}`,
    'choose: {panic: conformance-tap}',
    `targets: [${platform}/x86_64]`,
    '',
  ].join('\n');
}
