// SPDX-License-Identifier: BSD-3-Clause

import type {Tty} from '../tui/index.ts';

/** The terminal that the command was started in; undefined where its input or output is none. */
export function openTty(): Tty | undefined {
  const {stdin, stdout} = process;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  return {
    write: (text) => void stdout.write(text),
    size: () => ({columns: stdout.columns || 80, rows: stdout.rows || 24}),
    onResize: (listener) => listening(stdout, 'resize', listener),
    onContinue: (listener) => listening(process, 'SIGCONT', listener),
    onExit: (listener) => listening(process, 'exit', listener),
    onInput(listener) {
      stdin.setEncoding('utf8');
      stdin.setRawMode(true);
      const end = listening(stdin, 'data', listener);
      stdin.resume();
      return () => {
        end();
        stdin.setRawMode(false);
        stdin.pause();
      };
    },
    // To the whole group, as the terminal would: whoever started this command stops too.
    suspend: () => void process.kill(0, 'SIGTSTP'),
  };
}

function listening(
  emitter: {
    on(event: string, listener: (text: string) => void): unknown;
    off(event: string, listener: (text: string) => void): unknown;
  },
  event: string,
  listener: (text: string) => void,
): () => void {
  emitter.on(event, listener);
  return () => void emitter.off(event, listener);
}
