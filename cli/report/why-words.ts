// SPDX-License-Identifier: BSD-3-Clause

import {listing, printPlace, type Reason, unreachable, type Why} from '../../toolkit/engine.ts';
import {differenceLines} from './difference-words.ts';

/** Why something is in the image or not: a sentence, and the chain of reasons. */
export function whyLines(why: Why): readonly string[] {
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
  const others = {...change, added: change.added.filter((lib) => lib.name !== name)};
  const lines = differenceLines(others);
  return [
    `${name} is not in the image: nothing asks for it. To have it: kraft-ts set ${name} '*'`,
    ...(lines.length === 0 ? [] : ['  Then the rest would be otherwise:', ...lines.map((line) => `    ${line}`)]),
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
