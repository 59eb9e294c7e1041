// SPDX-License-Identifier: BSD-3-Clause

import {removePackage} from '../../toolkit/engine.ts';
import {editFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {notANumber, repairNumber, tell} from '../report/edited-words.ts';
import {verb} from '../verb.ts';

export const remove = verb({
  name: 'remove',
  summary: 'Remove a package, and its lib from the Kraftfile.',
  about: `The reverse of add: the line in the Kraftfile, what npm installed, and the pin in kraft.lock go. Should the image need the lib, nothing is changed, and what would help is shown.`,
  positionals: [{name: 'NAME', means: 'An installed package, with or without its scope.', required: true}],
  flags: editFlags,
  examples: [{command: 'kraft-ts remove alloc-mine', means: 'Another provider is chosen in its place.'}],
  async act({flags, positionals: [name = ''], reporter, engine}) {
    const apply = repairNumber(flags.apply);
    if (apply === 'no number') {
      reporter.diagnostics([notANumber(flags.apply)]);
      return exitStatus.usage;
    }
    const removed = await removePackage(engine, {name, apply, plat: flags.plat, arch: flags.arch});
    if (!removed.ok) {
      reporter.diagnostics(removed.error);
      return exitStatus.diagnostics;
    }
    const {edited, version} = removed.value;
    if (edited?.kind === 'clash') {
      tell(edited, reporter, {command: `remove ${name}`, offer: 'apply'});
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(removed.value);
    else {
      reporter.print(`Removed ${removed.value.name} ${version}.`);
      if (edited !== undefined) tell(edited, reporter, {command: `remove ${name}`, offer: 'apply'});
    }
    return exitStatus.ok;
  },
});
