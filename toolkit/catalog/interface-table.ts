// SPDX-License-Identifier: BSD-3-Clause

import {
  choice,
  interfaceRule,
  libRule,
  listOfDistinct,
  optional,
  record,
  required,
  sentence,
  symbolRule,
  versionShape,
  type WordRule,
  word,
} from '../base/index.ts';

const hostedRule: WordRule<string> = {...libRule, expects: 'the name of a lib, build-machine or never', make: String};
const symbols = listOfDistinct(word(symbolRule), 'a list of C symbols');

/** The table of keys of an interface.yaml. */
export const interfaceTable = record(
  {
    name: required(word(interfaceRule), {
      means: 'The name of the interface, which is also the name of its folder.',
      example: 'alloc',
    }),
    version: required(versionShape(), {
      means: 'The version of the contract. What breaks callers or providers raises the first number.',
      example: '1.0.0',
    }),
    summary: required(sentence(), {means: 'One line for listings.', example: 'Memory for whoever asks.'}),
    cardinality: required(choice(['one', 'any']), {
      means:
        'How many libs provide it in one image: `one`, called by its symbols, or `any` number of drivers in a table.',
      example: 'one',
    }),
    contract: optional(choice(['closed', 'open']), {
      means:
        'Who has the headers: `closed`, this folder; `open`, each provider, after a standard that is written elsewhere.',
      example: 'closed',
      otherwise: '`closed`',
    }),
    symbols: optional(symbols, {
      means: 'Cardinality `one`: what a provider defines, and what those who need the interface may call.',
      example: '[kr_alloc_allocate, kr_alloc_free]',
      otherwise: 'none',
    }),
    driver: optional(word(symbolRule), {
      means: 'Cardinality `any`: the C struct of which each provider exports one constant, named `<lib>_<interface>`.',
      example: 'kr_console_driver',
      otherwise: 'none',
    }),
    generated: optional(symbols, {
      means: 'Symbols that the build generates for those who need the interface.',
      example: '[kr_boot_steps, kr_boot_step_count]',
      otherwise: 'none',
    }),
    uses: optional(listOfDistinct(word(interfaceRule), 'a list of interfaces'), {
      means: 'Interfaces whose headers its own header includes. Their symbols do not come with it.',
      example: '[sched]',
      otherwise: 'none',
    }),
    hosted: optional(word(hostedRule), {
      means:
        'Who stands in for it where libs are tested as programs of the build machine: a lib; `build-machine`, where that does so by itself; or `never`, where its suites run in images only.',
      example: 'build-machine',
      otherwise: 'the files in `hosted/`, else the lib in `fake/`, else nobody',
    }),
  },
  {expects: 'a map of keys, such as name: alloc'},
);
