// SPDX-License-Identifier: BSD-3-Clause

import type {Engine} from '../toolkit/engine.ts';
import type {Reporter} from './report/reporter.ts';
import type {Terminal} from './terminal.ts';

/** One flag, as the parser, `--help` and the completions read it. */
export interface Flag {
  readonly means: string;
  readonly short?: string;
  /** The name of its value in help; absent: the flag takes none. */
  readonly value?: string;
  /** It may be given more than once, and is then a list. */
  readonly repeatable?: true;
  /** Its value may begin with a dash, as no flag's name does. */
  readonly mayBeginWithDash?: true;
  /** The values there are, where they are few and known. */
  readonly choices?: readonly string[];
  /** What completions offer, where others may be right as well. */
  readonly suggests?: readonly string[];
}

export type Flags = Readonly<Record<string, Flag>>;

/** What the user gave for each flag. */
export type FlagValues<F extends Flags> = {
  readonly [Name in keyof F]: F[Name] extends {readonly repeatable: true}
    ? readonly string[]
    : F[Name] extends {readonly value: string}
      ? string | undefined
      : boolean;
};

export interface Positional {
  readonly name: string;
  readonly means: string;
  readonly required?: true;
  /** What a shell completes it with. */
  readonly completes?: 'folder' | 'verb' | readonly string[];
}

/** What a verb works with. */
export interface VerbInput<F extends Flags> {
  readonly flags: FlagValues<F>;
  readonly positionals: readonly string[];
  /** What stands after `--`. */
  readonly rest: readonly string[];
  readonly reporter: Reporter;
  readonly engine: Engine;
  /** Where the command's output goes, for whoever takes it over. */
  readonly terminal: Terminal;
  /** Every verb there is. */
  readonly verbs: readonly Verb[];
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What every verb's table says, whatever its flags. */
interface VerbFacts<F extends Flags> {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs for `--help`. */
  readonly about: string;
  /** What else belongs into `--help`, with its heading. */
  readonly appendix?: () => Promise<string>;
  readonly positionals: readonly Positional[];
  readonly flags: F;
  /** What stands after `--`, where that means something. */
  readonly rest?: {readonly name: string; readonly means: string};
  readonly examples: readonly {readonly command: string; readonly means: string}[];
  /** Exit statuses beyond 0, 1, 2 and 130. */
  readonly exits?: readonly {readonly status: string; readonly means: string}[];
}

/** What the parser found for a table of flags. */
export type ParsedFlags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One word that the command line knows, and everything about it. */
export interface Verb extends VerbFacts<Flags> {
  /** Returns the exit status. */
  readonly act: (input: Omit<VerbInput<Flags>, 'flags'> & {readonly flags: ParsedFlags}) => Promise<number>;
}

/** A verb whose `act` sees its flags by the types that their table gives them. */
export function verb<const F extends Flags>(
  definition: VerbFacts<F> & {readonly act: (input: VerbInput<F>) => Promise<number>},
): Verb {
  // The parser reads by this very table, so what it found has these types.
  return {...definition, act: (input) => definition.act({...input, flags: input.flags as FlagValues<F>})};
}
