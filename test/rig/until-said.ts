// SPDX-License-Identifier: BSD-3-Clause

import type {ChildProcess} from 'node:child_process';

/**
 * Resolves with what the process has written once that holds the text; rejects when it ends without it. A serial line's
 * bytes come one by one, so no piece need hold the whole text. What comes later is dropped, so that nothing stands still.
 */
export function untilSaid(child: ChildProcess, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      if (said.includes(text)) resolve(said);
    });
    child.on('close', () => reject(new Error(`The guest ended without saying ${JSON.stringify(text)}:\n${said}`)));
  });
}
