// SPDX-License-Identifier: BSD-3-Clause

import {outdatedPackages} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const outdated = verb({
  name: 'outdated',
  summary: 'Say of which packages there are newer versions.',
  about: `Asks the registry. WANTED is the newest version that package.json allows, which kraft-ts update takes; LATEST the newest of all.`,
  positionals: [],
  flags: {},
  examples: [{command: 'kraft-ts outdated', means: 'What has been published since.'}],
  async act({reporter, engine}) {
    const found = await outdatedPackages(engine);
    if (!found.ok) {
      reporter.diagnostics(found.error);
      return exitStatus.diagnostics;
    }
    const rows = found.value.map(({name, current, wanted, latest}) => [name, current, wanted, latest]);
    if (reporter.format === 'json') reporter.json(found.value);
    else if (rows.length === 0) reporter.print('Of no package there is a newer version.');
    else reporter.print(table([['PACKAGE', 'CURRENT', 'WANTED', 'LATEST'], ...rows]).join('\n'));
    return exitStatus.ok;
  },
});
