// SPDX-License-Identifier: BSD-3-Clause

import {listing, printPlace, type Reason, unreachable, type Why, whyIs} from '../../toolkit/engine.ts';
import {targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const why = verb({
  name: 'why',
  summary: 'Say why a lib or an interface is in the image, or why not.',
  about: `For a lib of the image: the chain of reasons from your Kraftfile to it, each with its place. For one that is not: which facts keep it out, or what was chosen instead. For an interface: who needs it and who provides it.`,
  positionals: [{name: 'NAME', means: 'A lib, platform, arch or interface.', required: true}],
  flags: targetFlags,
  examples: [
    {command: 'kraft-ts why {lib}', means: 'What this lib does in the image, or why it is not there.'},
    {command: 'kraft-ts why alloc', means: 'Who allocates, and for whom.'},
  ],
  async act({flags, positionals: [name = ''], reporter, engine}) {
    const answer = await whyIs(engine, name, flags);
    if (!answer.ok) {
      reporter.diagnostics(answer.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(answer.value);
    else reporter.print(wordsFor(answer.value).join('\n'));
    return exitStatus.ok;
  },
});

function wordsFor(why: Why): readonly string[] {
  switch (why.kind) {
    case 'chosen':
      return [`${why.lib.name} ${why.lib.version} is in the image.`, ...why.chain.map(line)];
    case 'impossible':
      return [`${why.name} cannot be in the image:`, ...why.facts.map(line)];
    case 'possible':
      return possible(why);
    case 'interface':
      return interfaceWords(why);
    default:
      return unreachable(why);
  }
}

function line({text, at}: Reason): string {
  return `  ${text}${at === undefined ? '' : `  (${printPlace(at)})`}`;
}

function possible({name, change}: Extract<Why, {kind: 'possible'}>): readonly string[] {
  const added = change.added.map((lib) => lib.name).filter((added) => added !== name);
  const removed = change.removed.map((lib) => lib.name);
  return [
    `${name} is not in the image: nothing asks for it. To have it, write \`libraries: {${name}: '*'}\`.`,
    ...(added.length === 0 ? [] : [`  Then ${listing(added)} would come with it.`]),
    ...(removed.length === 0 ? [] : [`  Then ${listing(removed)} would no longer be there.`]),
  ];
}

function interfaceWords({name, providers, neededBy}: Extract<Why, {kind: 'interface'}>): readonly string[] {
  if (neededBy.length === 0 && providers.length === 0) return [`Nothing in the image needs or provides ${name}.`];
  const users = neededBy.map(
    (user) => `  ${user.name} needs it${user.because === undefined ? '.' : `: ${user.because}`}`,
  );
  return [
    `${name} is provided by ${providers.length === 0 ? 'nobody' : listing(providers)}.`,
    ...(users.length === 0 ? ['  Nothing in the image needs it.'] : users),
  ];
}
