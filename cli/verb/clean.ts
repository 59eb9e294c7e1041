// SPDX-License-Identifier: BSD-3-Clause

import {cleanProject, shown} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const clean = verb({
  name: 'clean',
  summary: 'Remove what builds left behind.',
  about: `Removes the project's .kraft folder. The Kraftfile, kraft.lock and your sources stay.`,
  positionals: [],
  flags: {store: {means: "Also remove the fetched third-party sources of all projects, from the user's cache folder."}},
  examples: [
    {command: 'kraft-ts clean', means: 'The next build begins anew.'},
    {command: 'kraft-ts clean --store', means: 'And fetches its sources again.'},
  ],
  async act({flags, reporter, engine}) {
    const cleaned = await cleanProject(engine, flags.store ? 'builds-and-store' : 'builds');
    if (!cleaned.ok) {
      reporter.diagnostics(cleaned.error);
      return exitStatus.diagnostics;
    }
    const {removed} = cleaned.value;
    if (reporter.format === 'json') reporter.json(cleaned.value);
    else if (removed.length === 0) reporter.print('There is nothing to remove.');
    else reporter.print(removed.map((path) => `Removed ${shown(engine, path)}`).join('\n'));
    return exitStatus.ok;
  },
});
