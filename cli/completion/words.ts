// SPDX-License-Identifier: BSD-3-Clause

import {commonFlags} from '../common-flags.ts';
import type {Flag, Flags, Verb} from '../verb.ts';

/** A verb's flags and those of every verb, with their names; `choices` are what to offer. */
export function flagsOf(verb: Verb): readonly (Flag & {readonly name: string})[] {
  const flags: Flags = {...verb.flags, ...commonFlags};
  return Object.entries(flags).map(([name, {choices, suggests, ...flag}]) => {
    const words = choices ?? suggests;
    return {name, ...flag, ...(words !== undefined && {choices: words})};
  });
}

/** What a verb's first argument can be, where that is known beforehand. */
export function positionalWords(verb: Verb, verbs: readonly Verb[]): readonly string[] {
  const completes = verb.positionals[0]?.completes;
  if (completes === 'verb') return verbs.map(({name}) => name);
  return completes === undefined || completes === 'folder' ? [] : completes;
}

/** What can be the first word after the command. */
export function firstWords(verbs: readonly Verb[]): readonly string[] {
  return [...new Set(verbs.map(({name}) => name.split(' ')[0] ?? ''))];
}

/** The first words of verbs that have two. */
export function groupsOf(verbs: readonly Verb[]): readonly string[] {
  return firstWords(verbs.filter(({name}) => name.includes(' ')));
}

/** What can follow the first word. */
export function secondWords(group: string, verbs: readonly Verb[]): readonly string[] {
  return verbs.flatMap(({name}) => (name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []));
}

/** What a first word is for. */
export function summaryOf(word: string, verbs: readonly Verb[]): string {
  return verbs.find(({name}) => name === word)?.summary ?? `One of: ${secondWords(word, verbs).join(', ')}.`;
}
