// SPDX-License-Identifier: BSD-3-Clause

import type {Verb} from '../verb.ts';
import {firstWords, flagsOf, groupsOf, positionalWords, secondWords} from './words.ts';

/** A bash function that completes verbs, flags, their values and folders. */
export function bashCompletion(verbs: readonly Verb[]): string {
  const cases = verbs.map((verb) => {
    const flags = flagsOf(verb).flatMap(({name, short}) => [
      `--${name}`,
      ...(short === undefined ? [] : [`-${short}`]),
    ]);
    return `    '${verb.name}') words='${[...flags, ...positionalWords(verb, verbs)].join(' ')}' ;;`;
  });
  const groups = groupsOf(verbs).map(
    (group) => `    ${group}) words='${secondWords(group, verbs).join(' ')} --help' ;;`,
  );
  const choices = new Map(
    verbs.flatMap(flagsOf).flatMap(({name, choices}) => (choices === undefined ? [] : [[name, choices] as const])),
  );
  const values = [...choices].map(
    ([name, words]) => `    --${name}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;`,
  );
  return `# kraft-ts completion for bash
_kraft_ts() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} verb= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
    -C|--directory) ((i++)) ;;
    -*) ;;
    *) verb=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $verb in
    ${groupsOf(verbs).join('|')}) ((i + 1 < COMP_CWORD)) && verb="$verb \${COMP_WORDS[i+1]}" ;;
  esac
  case $before in
    -C|--directory) compopt -o dirnames; return ;;
${values.join('\n')}
  esac
  case $verb in
    '') words='${firstWords(verbs).join(' ')} --help --version' ;;
${cases.join('\n')}
${groups.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [[ $word != -* && $verb == init ]] && compopt -o dirnames
}
complete -F _kraft_ts kraft-ts`;
}
