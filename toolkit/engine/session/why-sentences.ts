// SPDX-License-Identifier: BSD-3-Clause

import {type LibName, listing, printPlace, unreachable} from '../../base/index.ts';
import type {Answer, Clash} from '../answer.ts';
import {type Why, whyIn} from '../why.ts';
import {clashView, type Sentence, sentenceOf} from './reading.ts';

/** Why something is on, off or locked: a sentence, and the reasons, from what the user wrote onwards. */
export interface Explanation {
  readonly title: string;
  readonly chain: readonly Sentence[];
}

/** Of a lib, an interface, or an option as `LIB.OPTION`. */
export async function explanationOf(name: string, answer: Answer | Clash | undefined): Promise<Explanation> {
  if (answer === undefined) return {title: 'The Kraftfile has mistakes: what is in the image is not known.', chain: []};
  if ('conflict' in answer)
    return {title: 'There is no image: these do not go together.', chain: clashView(answer).facts};
  const dot = name.lastIndexOf('.');
  const lib = answer.catalog.libs.find((each) => each.name === name.slice(0, Math.max(0, dot)));
  if (lib !== undefined) return whyOption(answer, lib.name, name.slice(dot + 1));
  const why = await whyIn(answer, name);
  return why.ok ? sentencesOf(why.value) : {title: why.error[0]?.message ?? '', chain: []};
}

function sentencesOf(why: Why): Explanation {
  switch (why.kind) {
    case 'chosen':
      return {title: `${why.lib.name} ${why.lib.version} is in the image.`, chain: why.chain.map(sentenceOf)};
    case 'impossible':
      return {
        title: `${why.name} cannot be in the image, because of these together:`,
        chain: why.facts.map(sentenceOf),
      };
    case 'possible': {
      const {added, removed} = why.change;
      const on = added.filter((lib) => lib.name !== why.name).map((lib) => lib.name);
      const off = removed.map((lib) => lib.name);
      return {
        title: `${why.name} is not in the image: nothing asks for it.`,
        chain: [
          ...(on.length === 0 ? [] : [{text: `With it would come ${listing(on)}.`}]),
          ...(off.length === 0 ? [] : [{text: `It would take the place of ${listing(off)}.`}]),
        ],
      };
    }
    case 'interface':
      return {
        title:
          why.providers.length === 0
            ? `Nothing in the image needs or provides ${why.name}.`
            : `${why.name} is provided by ${listing(why.providers)}.`,
        chain: why.neededBy.map(({name, because}) => ({
          text: because === undefined ? `${name} needs it.` : `${name} needs it: ${because}.`,
        })),
      };
    default:
      return unreachable(why);
  }
}

function whyOption({spec, catalog, solution}: Answer, lib: LibName, option: string): Explanation {
  const chosen = solution.libs.find((each) => each.name === lib);
  const value = chosen?.options[option];
  const title =
    chosen === undefined
      ? `${lib} is not in the image, so ${option} has no effect.`
      : `${lib}.${option} is ${value === '' ? 'empty' : String(value)}.`;
  const request = spec.libraries.find((each) => each.name === lib);
  const setting = request?.options.find((each) => each.name === option);
  if (setting !== undefined) return {title, chain: [{text: 'The Kraftfile sets it.', place: printPlace(setting.at)}]};
  const demands = solution.libs.flatMap(({name, version}) => {
    const user = catalog.libs.find((each) => each.name === name && each.version === version);
    const needs = user?.needs.filter(
      (need) => option in need.options && solution.providers.get(need.interface)?.includes(lib) === true,
    );
    return (needs ?? []).map((need) => ({
      text: `${name} needs ${need.interface} with ${option} ${String(need.options[option])}${
        need.because === undefined ? '' : ` (${need.because})`
      }.`,
      place: printPlace(need.at),
    }));
  });
  if (demands.length > 0) return {title, chain: demands};
  const declared = catalog.libs.find((each) => each.name === lib)?.options.find((each) => each.name === option);
  return {
    title,
    chain: declared === undefined ? [] : [{text: 'That is its default.', place: printPlace(declared.at)}],
  };
}
