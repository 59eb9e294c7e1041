// SPDX-License-Identifier: BSD-3-Clause

import {checkLib} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {checkedLines} from '../report/checked-words.ts';
import {verb} from '../verb.ts';

export const libCheck = verb({
  name: 'lib check',
  summary: 'Check all of a lib that can be known without running it.',
  about: `The manifest, and whether package.json agrees with it; that each file says the licence; an image with the lib in it on each platform, whose build audits which symbols and headers the lib uses and lets out, and measures it against its budget; and, where a version is published, what this one changes of what others see, and whether its number rose by enough.`,
  positionals: [],
  flags: {},
  examples: [
    {command: 'kraft-ts lib check', means: 'Before it is published; lib publish does it too.'},
    {command: 'kraft-ts lib check --json', means: 'For a program.'},
  ],
  async act({reporter, engine, signal}) {
    const checked = await checkLib(engine, {signal});
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!checked.ok) {
      reporter.diagnostics(checked.error);
      return exitStatus.diagnostics;
    }
    const {checks, passed} = checked.value;
    if (reporter.format === 'json') reporter.json(checked.value);
    else {
      reporter.print(checkedLines(checked.value).join('\n'));
      reporter.diagnostics(checks.flatMap(({diagnostics}) => diagnostics));
    }
    return passed ? exitStatus.ok : exitStatus.diagnostics;
  },
});
