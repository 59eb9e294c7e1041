// SPDX-License-Identifier: BSD-3-Clause

import {type PublishReport, publishLib} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {checkedLines} from '../report/checked-words.ts';
import type {Reporter} from '../report/reporter.ts';
import {testedLines} from '../report/tested-words.ts';
import {verb} from '../verb.ts';

export const libPublish = verb({
  name: 'lib publish',
  summary: 'Publish a lib that passes every check and every suite.',
  about: `Runs lib check and lib test, and refuses where either finds something wrong, naming the case. Then npm publishes the tarball to whatever registry it is set to, with scripts off: none of package.json's scripts runs, neither here nor where the package is installed.`,
  positionals: [],
  flags: {
    'dry-run': {means: 'Do all but publish.'},
    tag: {value: 'NAME', means: 'The tag under which npm offers it. Default: latest.'},
    access: {value: 'WHO', choices: ['public', 'restricted'], means: 'Who may have a package with a scope.'},
  },
  examples: [
    {command: 'kraft-ts lib publish', means: 'To the registry that npm is set to.'},
    {command: 'kraft-ts lib publish --dry-run', means: 'Whether it would be taken.'},
  ],
  async act({flags, reporter, engine, signal}) {
    const rehearsal = flags['dry-run'] ? 'yes' : 'no';
    const report = await publishLib(engine, {tag: flags.tag, access: flags.access, rehearsal, signal});
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!report.ok) {
      reporter.diagnostics(report.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(report.value);
    else say(report.value, reporter, rehearsal);
    return report.value.refused === undefined ? exitStatus.ok : exitStatus.diagnostics;
  },
});

function say({checked, tested, packed, refused}: PublishReport, reporter: Reporter, rehearsal: 'yes' | 'no'): void {
  reporter.print(checkedLines(checked).join('\n'));
  if (tested !== undefined) reporter.print(`\n${testedLines(tested).join('\n')}`);
  if (refused !== undefined) reporter.diagnostics(refused);
  if (packed === undefined) return;
  const done = rehearsal === 'yes' ? 'would be published' : 'is published';
  reporter.print(`${packed.name} ${packed.version} ${done}: ${packed.integrity}`);
}
