// SPDX-License-Identifier: BSD-3-Clause

import {
  cleanProject,
  counted,
  type Engine,
  parseSize,
  printRoundSize,
  respellSize,
  shown,
  shrinkStore,
} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import type {Reporter} from '../report/reporter.ts';
import {verb} from '../verb.ts';

export const clean = verb({
  name: 'clean',
  summary: 'Remove what builds left behind.',
  about: `Removes the project's .kraft folder. The Kraftfile, kraft.lock and your sources stay. With --shrink it is the user's cache folder that is made smaller, and nothing else: compiled libs are kept there for all projects, each of which is compiled again where it is missing.`,
  positionals: [],
  flags: {
    store: {means: "Also remove the fetched third-party sources of all projects, from the user's cache folder."},
    shrink: {
      value: 'SIZE',
      means: 'Remove the compiled libs that no build has used for the longest, until the others take at most SIZE.',
    },
  },
  examples: [
    {command: 'kraft-ts clean', means: 'The next build begins anew.'},
    {command: 'kraft-ts clean --store', means: 'And fetches its sources again.'},
    {command: "kraft-ts clean --shrink '500 MiB'", means: 'What is used stays kept.'},
  ],
  async act({flags, reporter, engine}) {
    if (flags.shrink !== undefined) return shrink(flags.shrink, {reporter, engine});
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

async function shrink(
  size: string,
  {reporter, engine}: {readonly reporter: Reporter; readonly engine: Engine},
): Promise<number> {
  const limit = parseSize(size);
  if (limit === undefined) {
    const near = respellSize(size);
    const help = near === undefined ? {} : {help: `Did you mean "${near}"?`};
    const message = `Expected a size such as "500 MiB" for --shrink, but was "${size}".`;
    reporter.diagnostics([{severity: 'error', message, ...help}]);
    return exitStatus.usage;
  }
  const shrunk = await shrinkStore(engine, limit);
  const {removed, freed, left} = shrunk;
  if (reporter.format === 'json') reporter.json(shrunk);
  else if (removed === 0) reporter.print(`Nothing is removed: compiled libs take ${printRoundSize(left)}.`);
  else
    reporter.print(
      `Freed ${printRoundSize(freed)}: ${counted(removed, 'compiled lib')}. The others take ${printRoundSize(left)}.`,
    );
  return exitStatus.ok;
}
