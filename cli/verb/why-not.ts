// SPDX-License-Identifier: BSD-3-Clause

import {whyIs} from '../../toolkit/engine.ts';
import {targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {whyLines} from '../report/why-words.ts';
import {verb} from '../verb.ts';

export const whyNot = verb({
  name: 'why-not',
  summary: 'Say why a lib is not in the image, and what would change if it were.',
  about: `For a lib that is not in the image: the facts that keep it out, each with its place; or, where it only was not asked for, what would come with it and what would go. For one that is in the image, the reasons why.`,
  positionals: [{name: 'LIB', means: 'A lib, platform or arch.', required: true}],
  flags: targetFlags,
  examples: [{command: 'kraft-ts why-not {lib}', means: 'What keeps it out.'}],
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
