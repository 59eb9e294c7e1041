// SPDX-License-Identifier: BSD-3-Clause

import {parseArgs} from 'node:util';
import {didYouMean, fail, ok, type Result} from '../toolkit/engine.ts';
import type {Flag, Flags, ParsedFlags, Verb} from './verb.ts';

/** What a command line says to a verb. */
export interface Arguments {
  readonly flags: ParsedFlags;
  readonly positionals: readonly string[];
  readonly rest: readonly string[];
}

/** Something wrong with the command line: what, and perhaps what to do. */
export interface UsageError {
  readonly message: string;
  readonly help?: string;
}

/** Reads a verb's arguments by its table of flags. */
export function parseArguments(words: readonly string[], verb: Verb, flags: Flags): Result<Arguments, UsageError> {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  const rest = end === -1 ? [] : words.slice(end + 1);
  const {tokens} = parseArgs({
    args: [...own],
    options: Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, optionOf(flag)])),
    strict: false,
    tokens: true,
  });
  const values = new Map<string, (string | true)[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const problem = flagProblem(token, flags, verb);
    if (problem !== undefined) return fail(problem);
    const before = values.get(token.name) ?? [];
    const twice = twiceProblem(token.rawName, [...before, token.value ?? true], flags[token.name]);
    if (twice !== undefined) return fail(twice);
    values.set(token.name, [...before, token.value ?? true]);
  }
  const problem = positionalsProblem(positionals, verb) ?? (end === -1 ? undefined : restProblem(verb));
  if (problem !== undefined && !values.has('help')) return fail(problem);
  const flagValues = Object.entries(flags).map(
    ([name, flag]) => [name, givenFor(flag, values.get(name) ?? [])] as const,
  );
  return ok({flags: Object.fromEntries(flagValues), positionals, rest});
}

function optionOf(flag: Flag): {type: 'string' | 'boolean'; short?: string} {
  return {type: flag.value === undefined ? 'boolean' : 'string', ...(flag.short !== undefined && {short: flag.short})};
}

function givenFor(flag: Flag, given: readonly (string | true)[]): string | boolean | readonly string[] | undefined {
  if (flag.repeatable) return given.filter((value) => value !== true);
  if (flag.value === undefined) return given.length > 0;
  return given.filter((value) => value !== true).at(-1);
}

function flagProblem(
  token: {
    readonly name: string;
    readonly rawName: string;
    readonly value?: string | undefined;
    readonly inlineValue?: boolean | undefined;
  },
  flags: Flags,
  verb: Verb,
): UsageError | undefined {
  const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
  if (flag === undefined) {
    const near = didYouMean(token.name, Object.keys(flags));
    const help = near === undefined ? `See kraft-ts ${verb.name} --help.` : `Did you mean --${near}?`;
    return {message: `Unknown flag ${token.rawName}.`, help};
  }
  if (flag.value === undefined) {
    return token.value === undefined
      ? undefined
      : {message: `${token.rawName} takes no value, but has "${token.value}".`};
  }
  const isFlag = flag.mayBeginWithDash ? /^--[a-zA-Z]/ : /^--?[a-zA-Z]/;
  if (token.value === undefined || (!token.inlineValue && isFlag.test(token.value))) {
    return {message: `${token.rawName} needs a value: ${token.rawName} ${flag.value}.`};
  }
  if (flag.choices === undefined || flag.choices.includes(token.value)) return undefined;
  const near = didYouMean(token.value, flag.choices);
  return {
    message: `Expected ${listed(flag.choices)} for ${token.rawName}, but was "${token.value}".`,
    ...(near !== undefined && {help: `Did you mean "${near}"?`}),
  };
}

/** A flag that has one value cannot have two: the other would be lost. */
function twiceProblem(name: string, given: readonly (string | true)[], flag: Flag | undefined): UsageError | undefined {
  if (flag?.value === undefined || flag.repeatable || new Set(given).size < 2) return undefined;
  return {message: `${name} has two values: "${given.join('" and "')}".`, help: 'Say which one.'};
}

function positionalsProblem(given: readonly string[], verb: Verb): UsageError | undefined {
  const extra = given[verb.positionals.length];
  if (extra !== undefined) {
    const help =
      verb.rest === undefined ? `See kraft-ts ${verb.name} --help.` : `Arguments for the app stand after --.`;
    return {message: `Unexpected argument "${extra}".`, help};
  }
  const missing = verb.positionals.find((positional, index) => positional.required && given[index] === undefined);
  if (missing === undefined) return undefined;
  return {message: `${missing.name} is missing: ${missing.means}`, help: `See kraft-ts ${verb.name} --help.`};
}

function restProblem(verb: Verb): UsageError | undefined {
  return verb.rest === undefined ? {message: `kraft-ts ${verb.name} takes nothing after --.`} : undefined;
}

function listed(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;
}
