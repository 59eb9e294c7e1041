// SPDX-License-Identifier: BSD-3-Clause

import {readRepositoryFile} from '../rig/repository.ts';

/** What a page of docs/ asks its reader to do, in order: commands, and files to write. */
export type Step =
  | {readonly kind: 'run'; readonly command: string; readonly outcome: 'works' | 'fails'}
  | {readonly kind: 'write'; readonly file: string; readonly text: string};

/** Blocks of code that say `sh`, or `sh fails`, or a language and the file that they are. */
export function stepsOf(page: string): readonly Step[] {
  const blocks = readRepositoryFile(page).matchAll(/^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, language, word, text = '']): readonly Step[] => {
    if (language !== 'sh') return word === undefined ? [] : [{kind: 'write', file: word, text}];
    const outcome = word === 'fails' ? 'fails' : 'works';
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((command) => ({kind: 'run', command, outcome}));
  });
}
