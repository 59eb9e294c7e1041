// SPDX-License-Identifier: BSD-3-Clause

import type {Verb} from '../verb.ts';
import {flagsOf, positionalWords} from './words.ts';

/** A zsh function that completes verbs, flags, their values and folders. */
export function zshCompletion(verbs: readonly Verb[]): string {
  const cases = verbs.map((verb) => {
    const flags = flagsOf(verb).map(({name, short, value, choices, repeatable, means}) => {
      const spelled = short === undefined ? `--${name}` : `{-${short},--${name}}`;
      const star = repeatable ? "'*'" : '';
      const what =
        value === undefined ? '' : `:${value}:${choices === undefined ? completer(value) : `(${choices.join(' ')})`}`;
      return `${star}${spelled}${quoted(`[${means.replace(/[[\]:]/g, ' ')}]${what}`)}`;
    });
    const words = positionalWords(verb, verbs);
    const positional =
      words.length > 0
        ? [quoted(`1:${verb.positionals[0]?.name ?? 'WORD'}:(${words.join(' ')})`)]
        : verb.positionals.map(() => quoted(`1:FOLDER:_files -/`));
    return `    ${verb.name}) _arguments ${[...flags, ...positional].join(' ')} ;;`;
  });
  return `#compdef kraft-ts
# kraft-ts completion for zsh
_kraft_ts() {
  local -a verbs=(
${verbs.map(({name, summary}) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  if ((CURRENT == 2)); then _describe verb verbs; return; fi
  local verb=$words[2]
  shift words; ((CURRENT--))
  case $verb in
${cases.join('\n')}
  esac
}
_kraft_ts "$@"`;
}

function completer(value: string): string {
  return value === 'DIR' ? '_files -/' : ' ';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
