// SPDX-License-Identifier: BSD-3-Clause

import {type Added, addPackage, addPinned, counted} from '../../toolkit/engine.ts';
import {editFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {notANumber, repairNumber, tell} from '../report/edited-words.ts';
import type {Reporter} from '../report/reporter.ts';
import {verb} from '../verb.ts';

export const add = verb({
  name: 'add',
  summary: 'Add a lib or an interface that somebody published.',
  about: `Has npm install a package, and writes its lib into the Kraftfile, in one line. kraft.lock then pins its version, the integrity of its tarball and the content of its files; whatever uses them is compared with that. No script of a package ever runs: npm is told so each time.

WHAT is a name in npm's registry, with a range of versions if you like; a folder, which is linked, so that what you change there counts at once; a tarball; or an address of git that npm understands. Without WHAT, everything is installed that package.json and its lock say.

A package that brings a lib under a name which the toolkit's own catalog has is refused unless you say --replace. Should the Kraftfile clash with it, nothing is changed, and what would help is shown.`,
  positionals: [{name: 'WHAT', means: 'NAME, NAME@RANGE, FOLDER, TARBALL or GIT.'}],
  flags: {
    ...editFlags,
    replace: {means: 'Let it take the place of a lib or interface of the toolkit that has its name.'},
  },
  examples: [
    {command: 'kraft-ts add alloc-mine', means: 'From the registry that npm is set to.'},
    {command: "kraft-ts add 'alloc-mine@^1.2'", means: 'A range of versions.'},
    {command: 'kraft-ts add ../alloc-mine', means: 'A folder, linked.'},
    {command: 'kraft-ts add ./alloc-mine-1.0.0.tgz', means: 'What kraft-ts lib pack made.'},
    {command: 'kraft-ts add', means: 'After a fresh clone: all that is pinned.'},
  ],
  async act({flags, positionals: [what], reporter, engine}) {
    if (what === undefined) return addAll(engine, reporter);
    const apply = repairNumber(flags.apply);
    if (apply === 'no number') {
      reporter.diagnostics([notANumber(flags.apply)]);
      return exitStatus.usage;
    }
    const {plat, arch} = flags;
    const added = await addPackage(engine, {what, replace: flags.replace ? 'bundled' : 'nothing', apply, plat, arch});
    if (!added.ok) {
      reporter.diagnostics(added.error);
      return exitStatus.diagnostics;
    }
    if (added.value.edited?.kind === 'clash') {
      tell(added.value.edited, reporter, {command: `add ${what}`, offer: 'apply'});
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(added.value);
    else sayAdded(added.value, reporter);
    return exitStatus.ok;
  },
});

async function addAll(engine: Parameters<typeof addPinned>[0], reporter: Reporter): Promise<number> {
  const installed = await addPinned(engine);
  if (!installed.ok) {
    reporter.diagnostics(installed.error);
    return exitStatus.diagnostics;
  }
  if (reporter.format === 'json') reporter.json(installed.value);
  else reporter.print(`Installed ${counted(installed.value.length, 'package')}, as kraft.lock pins.`);
  return exitStatus.ok;
}

function sayAdded({name, version, brings, summary, offline, exempt, edited}: Added, reporter: Reporter): void {
  reporter.print(`Added ${name} ${version}, ${brings === 'lib' ? 'a lib' : 'an interface'}: ${summary}`);
  if (offline) reporter.note('The registry cannot be reached: it came from the cache of npm.');
  for (const [suite, because] of Object.entries(exempt)) reporter.note(`It is let off the suite ${suite}: ${because}.`);
  if (edited !== undefined) tell(edited, reporter, {command: 'add', offer: 'apply'});
}
