// SPDX-License-Identifier: BSD-3-Clause

import {didYouMean, exampleNames, type Host, listing, openEngine} from '../toolkit/engine.ts';
import {parseArguments, type UsageError} from './arguments.ts';
import {commonFlags} from './common-flags.ts';
import {exitStatus} from './exit-status.ts';
import {helpOf, overview, overviewOf} from './help.ts';
import {reporter} from './report/reporter.ts';
import type {Terminal} from './terminal.ts';
import type {Verb} from './verb.ts';
import {verbs} from './verbs.ts';

/** What a command runs in. */
export interface World {
  readonly terminal: Terminal;
  /** The folder that holds the toolkit's own libs, platforms and templates. */
  readonly kit: string;
  readonly version: string;
  /** The current folder. */
  readonly cwd: string;
  /** Absent: the real one. */
  readonly host?: Host;
  readonly signal: AbortSignal;
}

/** Runs one command line, and returns its exit status. */
export async function command(words: readonly string[], world: World): Promise<number> {
  const {terminal} = world;
  const first = words.findIndex((word, index) => !word.startsWith('-') && !isDirectoryValue(words, index));
  const name = first === -1 ? undefined : words[first];
  const before = words.slice(0, first === -1 ? words.length : first);
  if (name === undefined || name === 'help') return verblessCommand(words, first, world);
  const spoken = verbAt(words, first);
  if (spoken === undefined && isGroup(name)) return groupCommand(name, words[first + 1], terminal);
  if (spoken === undefined) {
    const near = didYouMean(
      name,
      verbs.map((verb) => verb.name),
    );
    const help = near === undefined ? 'See kraft-ts --help.' : `Did you mean "${near}"?`;
    return usageError({message: `Unknown verb "${name}".`, help}, terminal);
  }
  return verbCommand(spoken.verb, [...before, ...words.slice(first + spoken.length)], world);
}

/** The verb that begins at a word, which may be of two words: `lib compare`. */
function verbAt(words: readonly string[], at: number): {readonly verb: Verb; readonly length: 1 | 2} | undefined {
  const [one, other] = [words[at] ?? '', words[at + 1] ?? ''];
  const double = verbs.find((verb) => verb.name === `${one} ${other}`);
  if (double !== undefined) return {verb: double, length: 2};
  const single = verbs.find((verb) => verb.name === one);
  return single === undefined ? undefined : {verb: single, length: 1};
}

/** Whether a word is the first of verbs of two words. */
function isGroup(word: string): boolean {
  return verbs.some(({name}) => name.startsWith(`${word} `));
}

/** `kraft-ts lib` alone, or with a second word that is none. */
function groupCommand(group: string, second: string | undefined, terminal: Terminal): number {
  const inside = verbs.filter(({name}) => name.startsWith(`${group} `));
  if (second === '--help' || second === '-h') {
    terminal.out(overviewOf(group, inside));
    return exitStatus.ok;
  }
  const seconds = inside.map(({name}) => name.slice(group.length + 1));
  const near = second === undefined ? undefined : didYouMean(second, seconds);
  const help = near === undefined ? `There is ${listing(seconds, 'or')}.` : `Did you mean "${group} ${near}"?`;
  const message =
    second === undefined || second.startsWith('-')
      ? `${group} is the first of two words.`
      : `Unknown verb "${group} ${second}".`;
  return usageError({message, help}, terminal);
}

/** `-C DIR` may stand before the verb, as in git. */
function isDirectoryValue(words: readonly string[], index: number): boolean {
  return words[index - 1] === '-C' || words[index - 1] === '--directory';
}

/** What may stand on a command line without a verb. */
const knownAlone = new Set(['-h', '--help', '-V', '--version', '-C', '--directory', 'help']);

async function verblessCommand(words: readonly string[], helpAt: number, world: World): Promise<number> {
  const {terminal, version} = world;
  const asked = helpAt === -1 ? undefined : words[helpAt + 1];
  const verb = helpAt === -1 ? undefined : verbAt(words, helpAt + 1)?.verb;
  if (verb !== undefined) return showHelp(verb, world);
  if (asked !== undefined && isGroup(asked)) return groupCommand(asked, words[helpAt + 2] ?? '--help', terminal);
  const unknown = asked ?? words.find((word, index) => !knownAlone.has(word) && !isDirectoryValue(words, index));
  if (unknown?.startsWith('-')) {
    return usageError(
      {message: `Unknown flag ${unknown}.`, help: 'Flags stand after the verb. See kraft-ts --help.'},
      terminal,
    );
  }
  if (unknown !== undefined)
    return usageError({message: `Unknown verb "${unknown}".`, help: 'See kraft-ts --help.'}, terminal);
  if (words.includes('-V') || words.includes('--version')) terminal.out(`${version}\n`);
  else terminal.out(overview(verbs));
  return exitStatus.ok;
}

async function verbCommand(verb: Verb, words: readonly string[], world: World): Promise<number> {
  const {terminal} = world;
  const parsed = parseArguments(words, verb, {...verb.flags, ...commonFlags});
  if (!parsed.ok) return usageError(parsed.error, terminal);
  const {flags, positionals, rest} = parsed.value;
  if (flags.help === true) return showHelp(verb, world);
  const report = reporter(terminal, flags.json === true ? 'json' : 'text');
  const directory = typeof flags.directory === 'string' ? flags.directory : undefined;
  const engine = openEngine({...world, directory, onEvent: report.event});
  try {
    return await verb.act({flags, positionals, rest, reporter: report, engine, terminal, verbs, signal: world.signal});
  } finally {
    report.settle();
  }
}

async function showHelp(verb: Verb, world: World): Promise<number> {
  const engine = openEngine({...world, directory: undefined, onEvent: () => {}});
  world.terminal.out(await helpOf(verb, await exampleNames(engine)));
  return exitStatus.ok;
}

function usageError({message, help}: UsageError, terminal: Terminal): number {
  terminal.error(`error: ${message}\n${help === undefined ? '' : `  help: ${help}\n`}`);
  return exitStatus.usage;
}
