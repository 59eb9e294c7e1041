// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Host, HostError} from '../host/index.ts';
import type {Plan} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';
import {compileCommands} from './compile-commands.ts';
import {versions as compilerVersions, type Toolchain} from './toolchain.ts';

export interface Preparation {
  readonly plan: Plan;
  readonly toolchain: Toolchain;
  readonly paths: BuildPaths;
}

/** Brings the build folder to the state in which ninja can run: every file as the plan says, no file too many. */
export async function prepare(host: Host, preparation: Preparation): Promise<void> {
  const {plan, paths} = preparation;
  await startOver(host, preparation);
  const generated = plan.actions.flatMap((one) => (one.kind === 'generate' ? [one] : []));
  await Promise.all([
    ...paths.links.map((link) => pointTo(host, {path: join(paths.folder, link.name), target: link.target})),
    ...generated.map(({output, content}) => host.writeFileIfChanged(join(paths.folder, paths.inside(output)), content)),
    host.writeFileIfChanged(join(paths.folder, 'compile_commands.json'), compileCommands(plan, preparation)),
    removeStale(host, preparation),
  ]);
}

/**
 * What ninja cannot see by times alone: another compiler behind the same path, another toolkit or other folders
 * behind the same links (a package manager gives its files old times). Then everything is built again.
 */
async function startOver(host: Host, {toolchain, paths}: Preparation): Promise<void> {
  const path = join(paths.folder, 'state.json');
  const packaged = paths.links.filter(({name}) => name === 'kit' || name.startsWith('package.'));
  const versions = await Promise.all(
    packaged.map(async ({target}) => versionOf(await host.readFile(join(target, 'package.json')))),
  );
  const state = {format: 1, folder: paths.folder, links: paths.links, compiler: compilerVersions(toolchain), versions};
  const text = `${JSON.stringify(state, undefined, 1)}\n`;
  const before = await host.readFile(path);
  if (before === text) return;
  if (before !== undefined) await host.remove(paths.folder);
  await host.makeFolder(paths.folder);
  await host.writeFile(path, text);
}

function versionOf(manifest: string | undefined): string {
  return /"version":\s*"([^"]*)"/.exec(manifest ?? '')?.[1] ?? '';
}

async function pointTo(host: Host, {path, target}: {path: string; target: string}): Promise<void> {
  if ((await host.readLink(path)) === target) return;
  await host.remove(path);
  try {
    await host.symlink(target, path);
  } catch (error) {
    // Another build of this folder was faster, and meant the same.
    if (!(error instanceof HostError) || (await host.readLink(path)) !== target) throw error;
  }
}

/** Removes what an earlier plan made and this one does not: a stale file is not to be found by accident. */
async function removeStale(host: Host, {plan, paths}: Preparation): Promise<void> {
  const path = join(paths.folder, 'outputs.txt');
  const text = outputs(plan).map(paths.inside).sort().join('\n');
  const before = await host.readFile(path);
  if (before === text) return;
  const now = new Set(text.split('\n'));
  const stale = (before ?? '').split('\n').filter((output) => output !== '' && !now.has(output));
  for (const output of stale) await host.remove(join(paths.folder, output));
  await host.writeFile(path, text);
}

function outputs({actions}: Plan): readonly string[] {
  return actions.flatMap((action) => {
    if (action.kind === 'generate' || action.kind === 'compile') return [action.output];
    if (action.kind === 'combine') return [action.output, `${action.output}.all`];
    if (action.kind === 'link') return [action.output, action.debugOutput, `${action.debugOutput}.map`];
    return [];
  });
}
