// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {fail, ok, type Result} from '../base/index.ts';
import type {Lock} from '../solve/index.ts';
import type {Answer} from './answer.ts';
import type {Engine} from './engine.ts';
import {shown} from './project.ts';

const lockName = 'kraft.lock';

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
export async function writeLock({host}: Engine, {spec, catalog, solution, lock}: Answer): Promise<void> {
  const {lockSolution, printLock, withTarget} = await import('../solve/index.ts');
  const written = withTarget(lock, lockSolution(solution, {spec, catalog}), spec);
  await host.writeFileIfChanged(join(spec.folder, lockName), printLock(written));
}
