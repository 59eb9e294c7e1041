// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import type {Host} from '../host/index.ts';
import type {Plan} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';

/**
 * The plan with its largest sources first, in a folder where all is yet to be done: ninja takes steps in their order,
 * and one that takes half a minute is not to be the last, with nothing left for the other cores.
 */
export async function largestFirst(host: Host, {plan, paths}: {plan: Plan; paths: BuildPaths}): Promise<Plan> {
  if ((await host.facts(join(paths.folder, '.ninja_log'))) !== undefined) return plan;
  const members = new Set(plan.actions.flatMap((one) => (one.kind === 'combine' ? (one.members ?? []) : [])));
  const sized = plan.actions.map(async (action): Promise<readonly [number, Plan['actions'][number]]> => {
    if (action.kind !== 'compile' || members.has(action.output)) return [0, action];
    return [(await host.facts(paths.absolute(action.input)))?.size ?? 0, action];
  });
  const actions = (await Promise.all(sized)).sort(([one], [other]) => other - one).map(([, action]) => action);
  return {...plan, actions};
}
