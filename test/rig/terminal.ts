// SPDX-License-Identifier: BSD-3-Clause

import path from 'node:path';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {onTestFinished} from 'vitest';
import {repository} from './repository.ts';

/** The bundled command in a terminal of its own: keys go in, and what a person would see comes out. */
export interface TerminalRun {
  readonly pid: number;
  /** Names of keys such as `down` and `ctrl-r`, or text as it is. */
  press(...keys: readonly string[]): void;
  /** The lines of the screen, without blanks at their ends. */
  screen(): string;
  /** Resolves with the screen when it has the text, or when the function says so; rejects when that takes too long. */
  waitFor(wanted: string | RegExp | ((screen: string) => boolean)): Promise<string>;
  resize(columns: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  /** All bytes that were written. */
  written(): string;
  /** Whether the alternate screen is shown. */
  isAlternate(): boolean;
  readonly ended: Promise<{readonly status: number; readonly signal: number}>;
}

const keys: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
  enter: '\r',
  esc: '\u001b',
  space: ' ',
  backspace: '\u007f',
  'ctrl-c': '\u0003',
  'ctrl-r': '\u0012',
  'ctrl-u': '\u0015',
  'ctrl-z': '\u001a',
  'wheel-up': '\u001b[<64;5;5M',
  'wheel-down': '\u001b[<65;5;5M',
};

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds that a screen may take to come about. */
const patience = 60_000;

/** Starts `kraft-ts` in a terminal; it is ended with the test. */
export function startTerminal(words: readonly string[], options: TerminalOptions): TerminalRun {
  const run = startProgram([process.execPath, path.join(repository, 'bin/kraft-ts.mjs'), ...words], options);
  onTestFinished(async () => {
    run.kill('SIGKILL');
    await run.ended;
  });
  return run;
}

/** Starts any program in a terminal. */
export function startProgram(
  [program = '', ...args]: readonly string[],
  {cwd, columns = 80, rows = 24, env = {}}: TerminalOptions,
): TerminalRun {
  const {NO_COLOR: _, CI: __, ...inherited} = process.env;
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  const child: IPty = spawn(program, args, {
    cwd,
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: {...inherited, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', ...env},
  });
  let all = '';
  let over = false;
  let changed: () => void = () => undefined;
  child.onData((data) => {
    all += data;
    terminal.write(data, () => changed());
  });
  const ended = new Promise<{status: number; signal: number}>((resolve) =>
    child.onExit(({exitCode, signal}) => {
      over = true;
      changed();
      resolve({status: exitCode, signal: signal ?? 0});
    }),
  );
  return {
    pid: child.pid,
    press: (...names) => child.write(names.map((name) => keys[name] ?? name).join('')),
    screen,
    waitFor,
    resize(width, height) {
      terminal.resize(width, height);
      child.resize(width, height);
    },
    kill(signal) {
      if (!over) process.kill(child.pid, signal);
    },
    written: () => all,
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    ended,
  };

  function screen(): string {
    const {active} = terminal.buffer;
    const lines = Array.from(
      {length: terminal.rows},
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    );
    return lines.join('\n').trimEnd();
  }

  async function waitFor(wanted: string | RegExp | ((screen: string) => boolean)): Promise<string> {
    const isThere = (): boolean => {
      const now = screen();
      if (typeof wanted === 'function') return wanted(now);
      return typeof wanted === 'string' ? now.includes(wanted) : wanted.test(now);
    };
    const start = Date.now();
    while (!isThere()) {
      if (over && !isThere()) throw new Error(`It ended without showing ${String(wanted)}:\n${screen()}`);
      const left = patience - (Date.now() - start);
      if (left <= 0) throw new Error(`It does not show ${String(wanted)}:\n${screen()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 1000));
        changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return screen();
  }
}
