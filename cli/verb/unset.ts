// SPDX-License-Identifier: BSD-3-Clause

import {editFlags} from '../common-flags.ts';
import {actOn} from '../report/edited-words.ts';
import {verb} from '../verb.ts';

export const unset = verb({
  name: 'unset',
  summary: 'Take something out of the Kraftfile.',
  about: `Takes one thing out of the Kraftfile, so that it is again as it is by itself: a key, an option as LIB.OPTION, a lib that is asked for, or the choice and the need of an interface. Comments stay. As with set, nothing is written where the rest would then be wrong or have no image.`,
  positionals: [{name: 'NAME', means: 'What to take out.', required: true}],
  flags: editFlags,
  examples: [
    {command: 'kraft-ts unset memory', means: 'A key.'},
    {command: 'kraft-ts unset {lib}.OPTION', means: 'An option, which has its default then.'},
    {command: 'kraft-ts unset {lib}', means: 'A lib.'},
  ],
  act({flags, positionals: [name = ''], reporter, engine}) {
    return actOn({kind: 'unset', name}, {flags, reporter, engine, command: `unset ${name}`});
  },
});
