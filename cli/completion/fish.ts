// SPDX-License-Identifier: BSD-3-Clause

import type {Verb} from '../verb.ts';
import {flagsOf, positionalWords} from './words.ts';

/** Lines for fish that complete verbs, flags, their values and folders. */
export function fishCompletion(verbs: readonly Verb[]): string {
  const lines = verbs.flatMap((verb) => {
    const after = `-n '__fish_seen_subcommand_from ${verb.name}'`;
    const flags = flagsOf(verb).map(({name, short, value, choices, means}) => {
      const takes =
        value === undefined
          ? ''
          : choices === undefined
            ? value === 'DIR'
              ? ' -x -a "(__fish_complete_directories)"'
              : ' -x'
            : ` -x -a '${choices.join(' ')}'`;
      return `complete -c kraft-ts ${after} -l ${name}${short === undefined ? '' : ` -s ${short}`}${takes} -d ${quoted(means)}`;
    });
    const words = positionalWords(verb, verbs);
    const positional = words.length === 0 ? [] : [`complete -c kraft-ts ${after} -a '${words.join(' ')}'`];
    return [
      `complete -c kraft-ts -n __fish_use_subcommand -a ${verb.name} -d ${quoted(verb.summary)}`,
      ...flags,
      ...positional,
    ];
  });
  return ['# kraft-ts completion for fish', 'complete -c kraft-ts -f', ...lines].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
