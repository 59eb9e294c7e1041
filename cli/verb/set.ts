// SPDX-License-Identifier: BSD-3-Clause

import {editFlags} from '../common-flags.ts';
import {actOn} from '../report/edited-words.ts';
import {verb} from '../verb.ts';

export const set = verb({
  name: 'set',
  summary: 'Set something in the Kraftfile.',
  about: `Writes one thing into the Kraftfile, in as few lines as possible: comments, order and formatting stay. First it is checked that what then stands there is right and has an image for each target; otherwise nothing is written, and the conflict and what would help are shown.

NAME is a key such as memory or minimize, an option as LIB.OPTION, a lib, which VALUE is then a range of versions for, or an interface, which VALUE is then the lib for.`,
  positionals: [
    {name: 'NAME', means: 'What to set.', required: true},
    {name: 'VALUE', means: 'To what. Lists are separated by commas.', required: true},
  ],
  flags: editFlags,
  examples: [
    {command: 'kraft-ts set memory 8M', means: 'A key.'},
    {command: 'kraft-ts set minimize memory,size', means: 'A key that takes a list.'},
    {command: 'kraft-ts set {lib}.OPTION 64', means: 'An option of a lib.'},
    {command: "kraft-ts set {lib} '^1'", means: 'Which versions of a lib will do.'},
  ],
  act({flags, positionals: [name = '', value = ''], reporter, engine}) {
    return actOn({kind: 'set', name, value}, {flags, reporter, engine, command: `set ${name} ${shellWord(value)}`});
  },
});

function shellWord(text: string): string {
  return /^[\w.,:/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
