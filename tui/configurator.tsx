// SPDX-License-Identifier: BSD-3-Clause

import {render} from 'ink';
import type {Event, Mistake, OpenedFile, Result, Session} from '../toolkit/engine.ts';
import {type Action, reduce, stateOf} from './model/reduce.ts';
import {isUnsaved, type State} from './model/state.ts';
import {type Want, wantsOf} from './model/wants.ts';
import {keysIn} from './terminal/keys-in.ts';
import {lookOf} from './terminal/look.ts';
import {painter} from './terminal/painter.ts';
import {pursue} from './terminal/pursue.ts';
import {screenMode} from './terminal/screen-mode.ts';
import {openSigns} from './terminal/signs.ts';
import type {Tty} from './terminal/tty.ts';
import {App} from './view/app.tsx';
import type {Drawing} from './view/text-line.tsx';

/** What the configurator works with. */
export interface Configuration {
  readonly session: Session;
  /** What the session found when it was opened. */
  readonly opened: Result<OpenedFile, readonly Mistake[]>;
  /** Whoever is to hear what a build says. */
  readonly listen: (listener: (event: Event) => void) => void;
  readonly tty: Tty;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly letters: 'ascii' | 'as the locale has it';
  /** Aborted: it is over, and the terminal is given back. */
  readonly signal: AbortSignal;
}

/** How it ended. */
export interface Ended {
  readonly status: number;
  /** Whether there were changes that nobody decided about. */
  readonly lost: boolean;
}

/** Milliseconds after which a lone Escape is the key. */
const escapeDelay = 30;
/** Milliseconds between looks at the file. */
const watchDelay = 1000;

/** Shows the Kraftfile full-screen until the user leaves; the mistakes, where there is none to show. */
export async function configure(configuration: Configuration): Promise<Result<Ended, readonly Mistake[]>> {
  const {opened, tty} = configuration;
  if (!opened.ok) return opened;
  return {ok: true, value: await run(configuration, stateOf(opened.value, tty.size()))};
}

function run({session, listen, tty, env, letters, signal}: Configuration, first: State): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let state = first;
    let rest = '';
    let escaping: NodeJS.Timeout | undefined;
    // From then on the terminal is somebody else's: answers that come late are not drawn.
    let isOver = false;
    const asked = new Set<unknown>();
    const look = lookOf(env, letters === 'ascii' ? 'asked' : letters);
    const signs = openSigns();
    const drawing: Drawing = {look, signs};
    const stream = painter((text) => tty.write(text), {size: tty.size(), signs});
    const mode = screenMode(tty, input);
    mode.enter();
    // Ink's debug mode writes each frame whole and at once; the painter finds out what is otherwise.
    const ink = render(<App state={state} drawing={drawing} />, {
      stdout: stream as unknown as NodeJS.WriteStream,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    });
    const watch = setInterval(() => guarded(lookAtFile), watchDelay);
    const ends = [
      tty.onExit(() => mode.leave()),
      tty.onResize(resized),
      tty.onContinue(() => {
        mode.enter();
        resized();
      }),
    ];
    const onAbort = (): void => end({status: 130, lost: isUnsaved(state)});
    signal.addEventListener('abort', onAbort);
    listen((event) => dispatch({type: 'event', event}));
    ink.waitUntilExit().catch(fail);
    stream.paint();
    pursueWants();

    function draw(): void {
      if (isOver) return;
      signs.begin();
      ink.rerender(<App state={state} drawing={drawing} />);
      stream.paint();
    }

    function dispatch(action: Action): void {
      const next = reduce(state, action);
      if (next === state || isOver) return;
      state = next;
      if (state.quit !== undefined) return end({status: state.quit, lost: false});
      draw();
      pursueWants();
    }

    function pursueWants(): void {
      for (const want of wantsOf(state)) {
        const key = nameOf(want);
        if (asked.has(key)) continue;
        asked.add(key);
        guarded(async () => {
          const answer = await pursue(session, want);
          asked.delete(key);
          if (answer !== undefined) dispatch(answer);
        });
      }
    }

    async function lookAtFile(): Promise<void> {
      const text = await session.onDisk();
      if (text !== state.saved && state.saving === undefined && !asked.has('save')) dispatch({type: 'disk', text});
    }

    function input(text: string): void {
      clearTimeout(escaping);
      const found = keysIn(rest + text, 'may follow');
      rest = found.rest;
      pressed(found.keys);
      if (rest === '') return;
      escaping = setTimeout(() => {
        const {keys} = keysIn(rest, 'does not follow');
        rest = '';
        pressed(keys);
      }, escapeDelay);
    }

    function pressed(keys: readonly string[]): void {
      try {
        for (const key of keys) {
          if (key === 'ctrl-z') suspend();
          else if (key === 'ctrl-l') resized();
          else dispatch({type: 'key', key});
        }
      } catch (error) {
        fail(error);
      }
    }

    function suspend(): void {
      mode.leave();
      tty.suspend();
    }

    function resized(): void {
      const size = tty.size();
      stream.columns = size.columns;
      stream.rows = size.rows;
      stream.forget();
      state = reduce(state, {type: 'size', size});
      draw();
    }

    function guarded(act: () => Promise<void>): void {
      act().catch(fail);
    }

    function close(): void {
      isOver = true;
      clearInterval(watch);
      clearTimeout(escaping);
      signal.removeEventListener('abort', onAbort);
      for (const each of ends) each();
      ink.unmount();
      mode.leave();
      session.dispose();
    }

    function end(ended: Ended): void {
      close();
      resolve(ended);
    }

    function fail(error: unknown): void {
      close();
      reject(error);
    }
  });
}

/** What tells one want from another: a step from its like by being another step. */
function nameOf(want: Want): unknown {
  if (want.kind === 'attempt') return want.wanted;
  return want.kind === 'save' || want.kind === 'build' ? want.kind : JSON.stringify(want);
}
