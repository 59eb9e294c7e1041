// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, type LibName, type Location, listing, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {ImageFacts, Places, Plan} from '../plan/index.ts';
import {type BuildPaths, buildPaths} from './build-paths.ts';
import type {BuildEvent} from './events.ts';
import {imageFacts} from './image-facts.ts';
import {type NinjaStep, ninjaEnvironment, ninjaOutput} from './ninja-output.ts';
import {prepare} from './prepare.ts';
import type {Toolchain} from './toolchain.ts';

export interface Execution {
  readonly plan: Plan;
  readonly places: Places;
  readonly toolchain: Toolchain;
  readonly onEvent: (event: BuildEvent) => void;
  /** Where each owner's needs were written, for diagnostics. */
  readonly manifests?: ReadonlyMap<LibName | 'app', Location>;
  readonly signal?: AbortSignal;
}

/** The folder in which a plan is executed, and in which its image and image.json are. */
export function buildFolder({project}: Pick<Places, 'project'>, {platform, arch}: Pick<Plan, 'platform' | 'arch'>): string {
  return join(project, '.kraft', 'build', `${platform}-${arch}`);
}

/** Does what a plan says, as little of it as is needed, and audits the result. */
export async function execute(host: Host, execution: Execution): Promise<Result<ImageFacts>> {
  const {plan, places, toolchain} = execution;
  const folder = buildFolder(places, plan);
  const paths = buildPaths(places, {folder, compiler: toolchain.include, cwd: host.cwd});
  await prepare(host, {plan, toolchain, paths});
  const failures = await runNinja(host, {execution, paths});
  if (failures.length > 0) return fail(failures);
  const facts = await imageFacts(host, {plan, paths});
  await host.writeFileIfChanged(join(folder, 'image.json'), `${JSON.stringify(facts, undefined, 2)}\n`);
  return ok(facts);
}

async function runNinja(host: Host, {execution, paths}: {execution: Execution; paths: BuildPaths}): Promise<readonly Diagnostic[]> {
  const {toolchain, onEvent, signal} = execution;
  const failed: NinjaStep[] = [];
  const output = ninjaOutput({
    onProgress: ({done, total, description}) => onEvent({type: 'build', reason: 'progress', done, total, step: description}),
    onStep: (step) => {
      if (step.failed) failed.push(step);
      if (step.text !== '') onEvent({type: 'build', reason: 'output', text: paths.readable(step.text)});
    },
  });
  const result = await host.run(toolchain.ninja, ['-k', '0'], {
    cwd: paths.folder,
    env: ninjaEnvironment,
    onStdout: (text) => output.write(text),
    ...(signal === undefined ? {} : {signal}),
  });
  const complaints = output.end();
  if (result === 'not-found') throw new Error(`Internal error: ${toolchain.ninja} has gone`);
  if (result.exitCode === 0) return [];
  if (failed.length === 0) {
    throw new Error(`Internal error: ninja ended with ${result.exitCode ?? result.signal ?? ''}: ${complaints.join(' ')} ${result.stderr}`);
  }
  return [{severity: 'error', message: `These steps stopped with errors: ${listing(failed.map(({description}) => description))}.`}];
}
