// SPDX-License-Identifier: BSD-3-Clause

import {whyIs} from '../../toolkit/engine.ts';
import {targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {whyLines} from '../report/why-words.ts';
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
    else reporter.print(whyLines(answer.value).join('\n'));
    return exitStatus.ok;
  },
});
