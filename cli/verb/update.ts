// SPDX-License-Identifier: BSD-3-Clause

import {updatePackages} from '../../toolkit/engine.ts';
import {targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const update = verb({
  name: 'update',
  summary: 'Take newer versions of packages, as far as package.json allows.',
  about: `Has npm install the newest versions that the ranges in package.json allow, checks them, and pins them in kraft.lock. For a version beyond the range: kraft-ts add NAME@VERSION.`,
  positionals: [{name: 'NAME', means: 'An installed package. Default: all of them.'}],
  flags: targetFlags,
  examples: [
    {command: 'kraft-ts update', means: 'Every package.'},
    {command: 'kraft-ts update alloc-mine', means: 'One of them.'},
  ],
  async act({flags, positionals: [name], reporter, engine}) {
    const updated = await updatePackages(engine, {name, plat: flags.plat, arch: flags.arch});
    if (!updated.ok) {
      reporter.diagnostics(updated.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(updated.value);
    else if (updated.value.length === 0) reporter.print('Everything is as new as package.json allows.');
    else reporter.print(table(updated.value.map((each) => [each.name, `${each.before} → ${each.after}`])).join('\n'));
    return exitStatus.ok;
  },
});
