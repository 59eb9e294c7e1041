// SPDX-License-Identifier: BSD-3-Clause

import {openEngine, openSession, type Session} from '../../toolkit/engine.ts';
import {type MemoryHost, memoryHost} from '../../toolkit/host/index.ts';
import {type Action, reduce, stateOf} from '../../tui/model/reduce.ts';
import type {Size, State} from '../../tui/model/state.ts';
import {wantsOf} from '../../tui/model/wants.ts';
import {pursue} from '../../tui/terminal/pursue.ts';
import {filesOf} from './golden.ts';
import {readRepositoryFile} from './repository.ts';

/** The configurator's model with an engine behind it, all in memory; without a terminal. */
export interface Bench {
  readonly host: MemoryHost;
  readonly session: Session;
  state(): State;
  /** Each key, and all that comes of it. */
  press(...keys: readonly string[]): Promise<void>;
  /** What was not asked of the engine yet. */
  act(action: Action): Promise<void>;
  /** The Kraftfile on disk. */
  file(): string;
}

export interface BenchOptions {
  readonly kraftfile: string;
  readonly size?: Size;
  /** More files of the project. */
  readonly files?: Readonly<Record<string, string>>;
}

const shop = '/work/shop';

/** Beside the small catalog of `test/e2e/solver-kit.txt`. */
export async function openBench({kraftfile, files = {}, size = {columns: 80, rows: 24}}: BenchOptions): Promise<Bench> {
  const kit = Object.entries(filesOf(readRepositoryFile('test/e2e/solver-kit.txt')));
  const sources = kit.flatMap(([file]) => (file.endsWith('/lib.yaml') ? [file.replace('lib.yaml', 'src/lib.c')] : []));
  const host = memoryHost({
    cwd: shop,
    files: {
      ...Object.fromEntries(kit.map(([file, text]) => [`/kit/${file}`, text])),
      ...Object.fromEntries(sources.map((file) => [`/kit/${file}`, ''])),
      ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${shop}/${file}`, text])),
      [`${shop}/Kraftfile`]: kraftfile,
    },
  });
  const session = openSession(
    openEngine({kit: '/kit', cwd: shop, directory: undefined, onEvent: () => undefined, host}),
  );
  const opened = await session.open();
  if (!opened.ok) throw new Error(opened.error.map(({text}) => text).join('\n'));
  let state = stateOf(opened.value, size);
  await settle();
  return {host, session, state: () => state, press, act, file: () => host.files()[`${shop}/Kraftfile`] ?? ''};

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await act({type: 'key', key});
  }

  async function act(action: Action): Promise<void> {
    state = reduce(state, action);
    await settle();
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < 100; round++) {
      const [want] = state.quit === undefined ? wantsOf(state) : [];
      if (want === undefined) return;
      const answer = await pursue(session, want);
      if (answer !== undefined) state = reduce(state, answer);
    }
    throw new Error('The model does not stop asking');
  }
}
