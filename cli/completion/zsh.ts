// SPDX-License-Identifier: BSD-3-Clause

import type {Verb} from '../verb.ts';
import {firstWords, flagsOf, groupsOf, positionalWords, secondWords, summaryOf} from './words.ts';

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
    return `    ${quoted(verb.name)}) _arguments ${[...flags, ...positional].join(' ')} ;;`;
  });
  const groups = groupsOf(verbs).map(
    (group) =>
      `    ${group}) if ((CURRENT == 2)); then compadd ${secondWords(group, verbs).join(' ')}; return; fi
      verb="$verb $words[2]"; shift words; ((CURRENT--)) ;;`,
  );
  return `#compdef kraft-ts
# kraft-ts completion for zsh
_kraft_ts() {
  local -a verbs=(
${firstWords(verbs)
  .map((word) => `    ${quoted(`${word}:${summaryOf(word, verbs)}`)}`)
  .join('\n')}
  )
  if ((CURRENT == 2)); then _describe verb verbs; return; fi
  local verb=$words[2]
  shift words; ((CURRENT--))
  case $verb in
${groups.join('\n')}
  esac
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
