// SPDX-License-Identifier: BSD-3-Clause

import {commonFlags} from './common-flags.ts';
import {table, wrap} from './report/table.ts';
import type {Flag, Flags, Positional, Verb} from './verb.ts';

/** `kraft-ts --help`. */
export function overview(verbs: readonly Verb[]): string {
  return `kraft-ts composes a unikernel from micro-libraries: one app, one small image that boots.

Usage: kraft-ts VERB [flags]

${table(verbs.map((verb) => [`  ${verb.name}`, verb.summary])).join('\n')}

  kraft-ts VERB --help    What a verb does, its flags, and examples
  kraft-ts --version      The version

First steps:
  $ kraft-ts init hello && cd hello
  $ kraft-ts run
`;
}

/** `kraft-ts lib --help`: the verbs that begin with the word. */
export function overviewOf(group: string, verbs: readonly Verb[]): string {
  return `Usage: kraft-ts ${group} VERB [flags]

${table(verbs.map((verb) => [`  ${verb.name}`, verb.summary])).join('\n')}

  kraft-ts ${group} VERB --help    What a verb does, its flags, and examples
`;
}

/** Names of the catalog that stand in examples for `{platform}` and the like. */
export type ExampleNames = Readonly<Record<string, string>>;

/** `kraft-ts VERB --help`, from the verb's tables. */
export async function helpOf(verb: Verb, names: ExampleNames): Promise<string> {
  const parts = [
    verb.summary,
    `Usage: ${usageOf(verb)}`,
    verb.about
      .split('\n\n')
      .map((text) => wrap(text, 78))
      .join('\n\n'),
  ];
  const named = [...verb.positionals, ...(verb.rest === undefined ? [] : [verb.rest])];
  if (named.length > 0)
    parts.push(
      section(
        'Arguments',
        named.map(({name, means}) => [`  ${name}`, means]),
      ),
    );
  if (Object.keys(verb.flags).length > 0) parts.push(section('Flags', flagRows(verb.flags)));
  parts.push(section('Flags of every verb', flagRows(commonFlags)));
  parts.push(section('Exit status', exitRows(verb)));
  parts.push(
    section(
      'Examples',
      verb.examples.map(({command, means}) => [`  $ ${filled(command, names)}`, means]),
    ),
  );
  if (verb.appendix !== undefined) parts.push(await verb.appendix());
  return `${parts.join('\n\n')}\n`;
}

/** `kraft-ts why LIB [flags]`. */
export function usageOf(verb: Verb): string {
  const positionals = verb.positionals.map((positional: Positional) =>
    positional.required ? positional.name : `[${positional.name}]`,
  );
  const rest = verb.rest === undefined ? [] : [`[-- ${verb.rest.name}…]`];
  return ['kraft-ts', verb.name, ...positionals, '[flags]', ...rest].join(' ');
}

function filled(command: string, names: ExampleNames): string {
  return command.replace(/\{([a-z]+)\}/g, (_, name: string) => names[name] ?? name.toUpperCase());
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return [`${title}:`, ...table(rows, 96)].join('\n');
}

function flagRows(flags: Flags): readonly (readonly string[])[] {
  return Object.entries(flags).map(([name, flag]) => [`  ${spelled(name, flag)}`, meaning(flag)]);
}

function spelled(name: string, flag: Flag): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  return flag.value === undefined ? `${short}--${name}` : `${short}--${name} ${flag.value}`;
}

function meaning(flag: Flag): string {
  const choices = flag.choices === undefined ? '' : ` One of: ${flag.choices.join(', ')}.`;
  return `${flag.means}${choices}${flag.repeatable ? ' May be given more than once.' : ''}`;
}

function exitRows(verb: Verb): readonly (readonly string[])[] {
  const own = (verb.exits ?? []).map(({status, means}) => [`  ${status}`, means]);
  return [
    ['  0', 'It worked.'],
    ['  1', 'What you wrote, or this machine, has something wrong; messages say what.'],
    ['  2', 'The command line is wrong.'],
    ...own,
    ['  130', 'Ctrl-C.'],
  ];
}
