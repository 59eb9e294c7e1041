// SPDX-License-Identifier: BSD-3-Clause

import {type Host, HostError} from '../host/index.ts';
import {diskFull} from './failures.ts';
import {type NinjaStep, ninjaEnvironment, ninjaOutput} from './ninja-output.ts';
import type {Toolchain} from './toolchain.ts';

export interface NinjaRun {
  readonly toolchain: Pick<Toolchain, 'ninja' | 'flock'>;
  readonly folder: string;
  /** What is made; absent: the image. */
  readonly target?: string;
  readonly onProgress: (step: NinjaStep) => void;
  readonly onStep: (step: NinjaStep) => void;
  readonly signal?: AbortSignal;
}

/** Runs ninja in a folder to its end, past steps that fail, and returns those. */
export async function runNinja(
  host: Host,
  {toolchain, folder, target, onProgress, onStep, signal}: NinjaRun,
): Promise<readonly NinjaStep[]> {
  const failed: NinjaStep[] = [];
  const output = ninjaOutput({
    onProgress,
    onStep: (step) => {
      if (step.failed.length > 0) failed.push(step);
      onStep(step);
    },
  });
  const [program, args] = command(toolchain, target);
  const result = await host.run(program, args, {
    cwd: folder,
    env: {...ninjaEnvironment, PWD: folder},
    onStdout: (text) => output.write(text),
    ...(signal === undefined ? {} : {signal}),
  });
  const complaints = output.end();
  if (result === 'not-found') throw new Error(`Internal error: ${program} has gone`);
  if (result.exitCode === 0 || failed.length > 0 || signal?.aborted === true) return failed;
  const text = [...complaints, result.stderr].join(' ').trim();
  if (diskFull([{text}]) !== undefined) throw new HostError(`The disk is full: ${folder}.`, 'ENOSPC', folder);
  throw new Error(`Internal error: ninja stopped: ${text}`);
}

/** One ninja at a time in a folder: two would write the same files. The system frees a lock whose holder died. */
function command({ninja, flock}: NinjaRun['toolchain'], target: string | undefined): [string, readonly string[]] {
  const args = ['-k', '0', ...(target === undefined ? [] : [target])];
  return flock === undefined ? [ninja, args] : [flock, ['--no-fork', 'build.lock', ninja, ...args]];
}
