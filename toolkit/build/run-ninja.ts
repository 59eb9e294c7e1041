// SPDX-License-Identifier: BSD-3-Clause

import type {Host} from '../host/index.ts';
import {type NinjaStep, ninjaEnvironment, ninjaOutput} from './ninja-output.ts';

export interface NinjaRun {
  readonly ninja: string;
  readonly folder: string;
  readonly onProgress: (step: NinjaStep) => void;
  readonly onStep: (step: NinjaStep) => void;
  readonly signal?: AbortSignal;
}

/** Runs ninja in a folder to its end, past steps that fail, and returns those. */
export async function runNinja(
  host: Host,
  {ninja, folder, onProgress, onStep, signal}: NinjaRun,
): Promise<readonly NinjaStep[]> {
  const failed: NinjaStep[] = [];
  const output = ninjaOutput({
    onProgress,
    onStep: (step) => {
      if (step.failed.length > 0) failed.push(step);
      onStep(step);
    },
  });
  const result = await host.run(ninja, ['-k', '0'], {
    cwd: folder,
    env: {...ninjaEnvironment, PWD: folder},
    onStdout: (text) => output.write(text),
    ...(signal === undefined ? {} : {signal}),
  });
  const complaints = output.end();
  if (result === 'not-found') throw new Error(`Internal error: ${ninja} has gone`);
  if (result.exitCode === 0 || failed.length > 0 || signal?.aborted === true) return failed;
  throw new Error(`Internal error: ninja stopped: ${[...complaints, result.stderr].join(' ').trim()}`);
}
