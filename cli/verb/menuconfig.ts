// SPDX-License-Identifier: BSD-3-Clause

import {fileURLToPath} from 'node:url';
import {type Engine, type Event, openSession, openSessionThread, type Session} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const menuconfig = verb({
  name: 'menuconfig',
  summary: 'Look at the Kraftfile and change it, full-screen.',
  about: `Shows every component, provider, version and option in the terminal, with the solver behind every key: what is locked says why, and what clashes says what would help. Only s writes, and only into the Kraftfile: comments, order and formatting stay.

From scripts, kraft-ts set, unset and choose do the same.`,
  positionals: [],
  flags: {ascii: {means: 'Draw with ASCII letters only. Default: as the locale has it.'}},
  examples: [
    {command: 'kraft-ts menuconfig', means: 'The project that you are in.'},
    {command: 'kraft-ts menuconfig -C shop', means: 'Another one.'},
  ],
  async act({flags, reporter, engine, signal, terminal}) {
    const tty = reporter.format === 'json' ? undefined : terminal.tty?.();
    if (tty === undefined) {
      reporter.diagnostics([
        {
          severity: 'error',
          message: 'menuconfig is for a terminal, and its input or output is none.',
          help: 'Use kraft-ts set NAME VALUE, kraft-ts unset NAME or kraft-ts choose INTERFACE LIB.',
        },
      ]);
      return exitStatus.usage;
    }
    let hear: (event: Event) => void = () => undefined;
    const session = await openSomewhere({...engine, emit: (event) => hear(event)});
    // It reads the Kraftfile while this thread loads what draws.
    const [{configure}, opened] = await Promise.all([import('../../tui/index.ts'), session.open()]);
    const ended = await configure({
      session,
      opened,
      listen: (listener) => void (hear = listener),
      tty,
      env: terminal.env,
      letters: flags.ascii ? 'ascii' : 'as the locale has it',
      signal,
    });
    if (!ended.ok) {
      reporter.note(ended.error.map(({text}) => text).join('\n\n'));
      return exitStatus.diagnostics;
    }
    if (ended.value.lost) reporter.note('Your changes were not saved.');
    return ended.value.status;
  },
});

/** In a thread of its own, where this is bundled and the file for that lies beside; else here. */
async function openSomewhere(engine: Engine): Promise<Session> {
  const file = fileURLToPath(new URL('./session-thread.js', import.meta.url));
  const isThere = (await engine.host.facts(file)) !== undefined;
  return isThere ? openSessionThread(engine, file) : openSession(engine);
}
