// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {Lock} from '../solve/index.ts';
import type {Answer} from './answer.ts';
import type {Engine} from './engine.ts';
import {shown} from './project.ts';

/** Beside the Kraftfile. */
export const lockName = 'kraft.lock';

/** The project's kraft.lock, if there is one. */
export async function openLock(engine: Engine, folder: string): Promise<Result<Lock | undefined>> {
  const path = join(folder, lockName);
  const text = await engine.host.readFile(path);
  if (text === undefined) return ok(undefined);
  const {readLock} = await import('../solve/index.ts');
  const checked = readLock({path: shown(engine, path), text});
  return checked.ok ? ok(checked.value) : fail(checked.error);
}

/** Writes the answer down, beside those for other targets. */
export async function writeLock(
  {host}: Engine,
  {spec, catalog, solution, lock}: Answer,
  packages: Lock['packages'] = lock?.packages,
): Promise<void> {
  const {lockSolution, printLock, withTarget} = await import('../solve/index.ts');
  const {packages: _, ...written} = withTarget(lock, lockSolution(solution, {spec, catalog}), spec);
  const all = packages === undefined || packages.size === 0 ? written : {...written, packages};
  await host.writeFileIfChanged(join(spec.folder, lockName), printLock(all));
}

/** What of an answer is otherwise than the lock has it; undefined where nothing is. */
export async function refuseDrift(engine: Engine, answer: Answer): Promise<Diagnostic | undefined> {
  const {lockDrift, lockSolution} = await import('../solve/index.ts');
  const {spec, target, lock} = answer;
  const path = shown(engine, join(spec.folder, lockName));
  const drift = lockDrift(lock, lockSolution(answer.solution, answer));
  if (drift.length === 0) return undefined;
  const message =
    lock === undefined
      ? `There is no ${path}, and --locked asks for one.`
      : `${path} no longer says what goes into the image for ${target.platform}/${target.arch}.`;
  return {
    severity: 'error',
    message,
    ...(lock !== undefined && {notes: drift.map((text) => ({message: text}))}),
    help: 'Run kraft-ts build without --locked, which writes the lock, and keep it with the Kraftfile.',
  };
}
