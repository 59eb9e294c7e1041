// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Outcome, openEngine, type RunRequest, runProject} from '../../toolkit/engine.ts';

const kit = join(import.meta.dirname, '..', '..');

/** What came of an instance, and what its console showed. */
export interface Booted {
  readonly outcome: Outcome;
  readonly console: string;
}

/** Builds the app of a folder and runs it, on platform kvm where none is named, without hardware's help, to its end. */
export async function boot(
  folder: string,
  request: Partial<Pick<RunRequest, 'plat' | 'compiler' | 'machine' | 'memory' | 'args'>> = {},
): Promise<Booted> {
  const shown: Uint8Array[] = [];
  const engine = openEngine({
    kit,
    cwd: folder,
    directory: undefined,
    onEvent: (event) => {
      if (event.type === 'run' && event.reason === 'console') shown.push(event.bytes);
    },
  });
  const outcome = await runProject(engine, {
    plat: 'kvm',
    build: 'when-needed',
    ports: [],
    args: [],
    accelerator: 'tcg',
    timeout: 30_000,
    ...request,
  });
  if (!outcome.ok) throw new Error(outcome.error.map(({message}) => message).join('\n'));
  return {outcome: outcome.value, console: Buffer.concat(shown).toString('utf8')};
}
