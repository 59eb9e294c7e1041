// SPDX-License-Identifier: BSD-3-Clause

import {editFlags} from '../common-flags.ts';
import {actOn} from '../report/edited-words.ts';
import {verb} from '../verb.ts';

export const choose = verb({
  name: 'choose',
  summary: 'Say in the Kraftfile which lib provides an interface.',
  about: `Writes under choose which lib is to provide an interface. As with set, nothing is written where that clashes with something; then the conflict and what would help are shown.`,
  positionals: [
    {name: 'INTERFACE', means: 'What is provided.', required: true},
    {name: 'LIB', means: 'By whom.', required: true},
  ],
  flags: editFlags,
  examples: [
    {command: 'kraft-ts choose alloc {lib}', means: 'Who allocates.'},
    {command: 'kraft-ts unset alloc', means: 'Whoever is best.'},
  ],
  act({flags, positionals: [wanted = '', lib = ''], reporter, engine}) {
    return actOn(
      {kind: 'choose', interface: wanted, lib},
      {flags, reporter, engine, command: `choose ${wanted} ${lib}`},
    );
  },
});
