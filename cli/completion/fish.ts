// SPDX-License-Identifier: BSD-3-Clause

import type {Verb} from '../verb.ts';
import {flagsOf, positionalWords} from './words.ts';

/** Lines for fish that complete verbs, flags, their values and folders. */
export function fishCompletion(verbs: readonly Verb[]): string {
  const lines = verbs.flatMap((verb) => {
    const after = `-n '${seen(verb.name)}'`;
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
    return [begins(verb), ...flags, ...positional];
  });
  return ['# kraft-ts completion for fish', 'complete -c kraft-ts -f', ...lines].join('\n');
}

/** After both words, where a verb has two. */
function seen(name: string): string {
  return name
    .split(' ')
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join('; and ');
}

function begins({name, summary}: Verb): string {
  const [first = '', second] = name.split(' ');
  const words = second === undefined ? '__fish_use_subcommand' : `'__fish_seen_subcommand_from ${first}'`;
  const group = second === undefined ? '' : `complete -c kraft-ts -n __fish_use_subcommand -a ${first}\n`;
  return `${group}complete -c kraft-ts -n ${words} -a ${second ?? first} -d ${quoted(summary)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
