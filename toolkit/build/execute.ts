// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, type LibName, type Location, ok, type Result} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {ImageFacts, Places, Plan} from '../plan/index.ts';
import {audit} from './audit.ts';
import {type BuildPaths, buildPaths} from './build-paths.ts';
import {onceEach} from './compiler-output.ts';
import type {BuildEvent} from './events.ts';
import {compileFailures, failedAction, linkFailures, remainingOutput} from './failures.ts';
import {imageFacts} from './image-facts.ts';
import {findKept, keep} from './kept.ts';
import {largestFirst} from './largest-first.ts';
import {type Goal, type Made, makeReached} from './make-reached.ts';
import {ninjaFile, objectsGoal} from './ninja-file.ts';
import type {NinjaStep} from './ninja-output.ts';
import {prepare} from './prepare.ts';
import type {Reached} from './reach.ts';
import {runNinja} from './run-ninja.ts';
import type {Toolchain} from './toolchain.ts';

export interface Execution {
  readonly plan: Plan;
  readonly places: Places;
  readonly toolchain: Toolchain;
  readonly onEvent: (event: BuildEvent) => void;
  /** Where each owner's manifest names it, for diagnostics about what it says. */
  readonly manifests?: ReadonlyMap<LibName | 'app', Location>;
  readonly signal?: AbortSignal;
}

/** The folder in which a plan is executed, and in which its image and image.json are. */
export function buildFolder(
  {project}: Pick<Places, 'project'>,
  {platform, arch, variant}: Pick<Plan, 'platform' | 'arch' | 'variant'>,
): string {
  return join(project, '.kraft', 'build', [platform, arch, ...(variant === undefined ? [] : [variant])].join('-'));
}

/** Does what a plan says, as little of it as is needed, and audits the result. */
export async function execute(host: Host, execution: Execution): Promise<Result<ImageFacts>> {
  const {plan, places, toolchain, signal} = execution;
  const folder = await madeFolder(host, buildFolder(places, plan));
  const paths = buildPaths(places, {folder, toolchain, cwd: host.cwd});
  const kept = await findKept(host, {plan, places, paths, toolchain});
  await prepare(host, {plan, toolchain, paths});
  const report = reporting({...execution, paths});
  const stop = signal === undefined ? {} : {signal};
  const ordered = await largestFirst(host, {plan, paths});
  const make = async (chosen: Reached, goal: Goal): Promise<readonly NinjaStep[]> => {
    await host.writeFileIfChanged(join(folder, 'build.ninja'), ninjaFile(ordered, {toolchain, paths, kept, chosen}));
    const target = goal === 'objects' ? {target: objectsGoal} : {};
    return runNinja(host, {toolchain, folder, ...target, ...report(), ...stop});
  };
  const {failed, chosen, unmet} = await makeReached(host, {plan, paths, kept, make, ...stop});
  if (signal?.aborted === true) return fail([{severity: 'error', message: 'The build was stopped.'}]);
  const diagnostics = await judge(host, {...execution, paths, failed, unmet});
  if (diagnostics.length > 0) {
    // Nobody is to boot by accident what did not pass.
    await host.remove(join(folder, paths.inside(plan.image)));
    return fail(diagnostics);
  }
  await keep(host, {plan, kept, paths, chosen});
  const facts = await imageFacts(host, {plan, paths});
  await host.writeFileIfChanged(join(folder, 'image.json'), `${JSON.stringify(facts, undefined, 2)}\n`);
  return ok(facts);
}

/** Compilers ask the system where they are, and are told a folder's real path: it is what must not reach objects. */
async function madeFolder(host: Host, path: string): Promise<string> {
  await host.makeFolder(path);
  return (await host.realPath(path)) ?? path;
}

/**
 * A file that does not compile leaves nothing to audit. What does not link is judged by the audit first: its message
 * says what to declare, where the linker only knows that a symbol is undefined.
 */
async function judge(
  host: Host,
  context: Execution & {paths: BuildPaths} & Pick<Made, 'failed' | 'unmet'>,
): Promise<readonly Diagnostic[]> {
  const uncompiled = await compileFailures(host, context);
  if (uncompiled.length > 0) return uncompiled;
  const audited = await audit(host, context);
  return audited.length > 0 ? audited : linkFailures(context);
}

/**
 * For each run of ninja, whose steps count on from those of the run before. Output goes out as it comes, each text
 * once: a mistake in a header is one mistake.
 */
function reporting(context: Execution & {paths: BuildPaths}) {
  const {paths, onEvent} = context;
  const once = onceEach();
  let steps = 0;
  return () => {
    const before = steps;
    return {
      onProgress: ({done, total, description}: NinjaStep): void => {
        steps = before + total;
        onEvent({type: 'build', reason: 'progress', done: before + done, total: steps, step: description});
      },
      onStep: (step: NinjaStep): void => {
        const action = failedAction(step, context);
        if (action?.kind === 'combine' || action?.kind === 'link') return; // a diagnostic will say it
        const text = once(paths.readable(remainingOutput(step, context)));
        if (text === '') return;
        onEvent({type: 'build', reason: 'output', text});
      },
    };
  };
}
