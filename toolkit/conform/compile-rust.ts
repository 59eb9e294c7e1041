// SPDX-License-Identifier: BSD-3-Clause

import type {Lib} from '../catalog/index.ts';
import type {Host} from '../host/index.ts';
import {promises, rustFlags, rustJoinFlags, rustOptions, rustStripFlags} from '../plan/index.ts';
import {Refused} from './refused.ts';
import type {Settings, Workbench} from './workbench.ts';

export interface Crate {
  readonly file: string;
  readonly lib: Lib;
  readonly settings: Settings;
  /** Of what is made, without an ending. */
  readonly stem: string;
}

/** The object of a crate, as a build makes it: sanitizers are compilers' of C. */
export async function compileRust(bench: Workbench, {file, lib, settings, stem}: Crate): Promise<string> {
  const {host, catalog} = bench;
  const options = `${stem}/options.rs`;
  await host.writeFile(options, rustOptions({lib, chosen: {options: settings}}));
  const arch = catalog.libs.find(({kind, name}) => kind === 'arch' && name === host.arch);
  const target = arch?.compile?.rust;
  if (target === undefined) throw new Refused(`The arch ${host.arch} does not say how to compile Rust.\n`);
  const interfaces = new Map(catalog.interfaces.map((one) => [one.name, one]));
  const roots = promises({lib}, {interfaces}).map(({symbol}) => symbol);
  await call(host, 'rustc', [...rustFlags({name: lib.name, target}), file, '-o', `${stem}.a`], options);
  await call(host, 'ld', [...rustJoinFlags(roots), `${stem}.a`, '-o', `${stem}.whole`]);
  await call(host, 'objcopy', [...rustStripFlags, `${stem}.whole`, `${stem}.o`]);
  return `${stem}.o`;
}

async function call(host: Host, program: string, args: readonly string[], options = ''): Promise<void> {
  const ended = await host.run(program, args, {env: {KRAFT_OPTIONS: options}});
  if (ended === 'not-found') throw new Refused(`${program} is not installed.\n`);
  if (ended.exitCode !== 0) throw new Refused(ended.stderr);
}
