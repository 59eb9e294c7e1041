// SPDX-License-Identifier: BSD-3-Clause

import {commonFlags} from '../common-flags.ts';
import type {Flag, Flags, Verb} from '../verb.ts';

/** A verb's flags and those of every verb, with their names. */
export function flagsOf(verb: Verb): readonly (Flag & {readonly name: string})[] {
  const flags: Flags = {...verb.flags, ...commonFlags};
  return Object.entries(flags).map(([name, flag]) => ({name, ...flag}));
}

/** What a verb's first argument can be, where that is known beforehand. */
export function positionalWords(verb: Verb, verbs: readonly Verb[]): readonly string[] {
  const completes = verb.positionals[0]?.completes;
  if (completes === 'verb') return verbs.map(({name}) => name);
  return completes === undefined || completes === 'folder' ? [] : completes;
}
