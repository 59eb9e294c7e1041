// SPDX-License-Identifier: BSD-3-Clause

import {didYouMean, exampleNames, type Host, openEngine} from '../toolkit/engine.ts';
import {parseArguments, type UsageError} from './arguments.ts';
import {commonFlags} from './common-flags.ts';
import {exitStatus} from './exit-status.ts';
import {helpOf, overview} from './help.ts';
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
  const verb = verbs.find((verb) => verb.name === name);
  if (verb === undefined) {
    const near = didYouMean(
      name,
      verbs.map((verb) => verb.name),
    );
    const help = near === undefined ? 'See kraft-ts --help.' : `Did you mean "${near}"?`;
    return usageError({message: `Unknown verb "${name}".`, help}, terminal);
  }
  return verbCommand(verb, [...before, ...words.slice(first + 1)], world);
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
  const verb = verbs.find((verb) => verb.name === asked);
  if (verb !== undefined) return showHelp(verb, world);
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
    return await verb.act({flags, positionals, rest, reporter: report, engine, verbs, signal: world.signal});
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
