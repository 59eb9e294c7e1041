// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {fail, type LibName, type Location, ok, type Result} from '../base/index.ts';
import type {ImageFacts} from '../plan/index.ts';
import type {Engine} from './engine.ts';
import {exceededBudgets} from './exceeded-budgets.ts';
import {writeLock} from './lock.ts';
import {cacheFolder, type PlannedProject, type PlanRequest, planProject} from './plan-project.ts';

export interface BuildRequest extends PlanRequest {
  readonly signal?: AbortSignal;
}

export interface BuiltProject extends PlannedProject {
  /** The folder that holds the image and all that was made on the way to it. */
  readonly folder: string;
  /** What boots, absolute. */
  readonly image: string;
  readonly facts: ImageFacts;
}

/** Plans, and does as little of the plan as is needed. */
export async function buildProject(engine: Engine, request: BuildRequest): Promise<Result<BuiltProject>> {
  const planned = await planProject(engine, request);
  if (!planned.ok) return planned;
  if (request.trace === undefined) await writeLock(engine, planned.value, planned.value.pins);
  return buildPlanned(engine, planned.value, request);
}

/** Does as little of a plan as is needed. */
export async function buildPlanned(
  engine: Engine,
  planned: PlannedProject,
  {signal}: Pick<BuildRequest, 'signal'>,
): Promise<Result<BuiltProject>> {
  const {plan, places, catalog, spec, rootfs} = planned;
  const {buildFolder, execute, findToolchain} = await import('../build/index.ts');
  const {rootfsFile} = await import('../plan/index.ts');
  const toolchain = await findToolchain(engine.host, {
    compiler: plan.compiler,
    triple: plan.triple,
    languages: new Set(plan.actions.flatMap((one) => (one.kind === 'compile' ? [one.language] : []))),
    rust: plan.rust,
    cacheFolder: cacheFolder(places),
  });
  if (!toolchain.ok) return toolchain;
  const manifests = new Map<LibName | 'app', Location>(catalog.libs.map((lib) => [lib.name, lib.at]));
  manifests.set('app', spec.name.at);
  if (rootfs !== undefined) await engine.host.writeFileIfChanged(join(buildFolder(places, plan), rootfsFile), rootfs);
  const built = await execute(engine.host, {
    plan,
    places,
    toolchain: toolchain.value,
    onEvent: engine.emit,
    manifests,
    ...(signal !== undefined && {signal}),
  });
  if (!built.ok) return built;
  const exceeded = exceededBudgets(spec, built.value);
  if (exceeded.length > 0) return fail(exceeded);
  const folder = buildFolder(places, plan);
  return ok({...planned, folder, image: join(folder, built.value.image), facts: built.value});
}
