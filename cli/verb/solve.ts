// SPDX-License-Identifier: BSD-3-Clause

import {type Answer, solveProject, updateLock} from '../../toolkit/engine.ts';
import {targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const solve = verb({
  name: 'solve',
  summary: 'Show which libs the image will be made of.',
  about: `Finds the best set of libs for a target: exactly one provider of each interface that takes one, every need met, nothing excluded. Where there is none, says which facts clash, and what would help. What kraft.lock says is kept where it can be; only --update writes it.`,
  positionals: [{name: 'LIB', means: 'With --update: choose this lib anew, and keep the rest.'}],
  flags: {...targetFlags, update: {means: 'Choose anew what kraft.lock holds, and write that down.'}},
  examples: [
    {command: 'kraft-ts solve', means: 'For the first target.'},
    {command: 'kraft-ts solve --update', means: 'Choose everything anew.'},
    {command: 'kraft-ts solve --plat {platform}', means: 'For the target with that platform.'},
  ],
  async act({flags, positionals: [lib], reporter, engine}) {
    const {plat, arch} = flags;
    const answer = flags.update
      ? await updateLock(engine, {plat, arch, update: lib === undefined ? 'everything' : [lib]})
      : await solveProject(engine, {plat, arch});
    if (!answer.ok) {
      reporter.diagnostics(answer.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(answer.value.solution);
    else reporter.print(libTable(answer.value).join('\n'));
    return exitStatus.ok;
  },
});

function libTable({solution, catalog}: Answer): readonly string[] {
  const rows = solution.libs.map(({name, version, options}) => {
    const lib = catalog.libs.find((each) => each.name === name && each.version === version);
    const provides = [...solution.providers].filter(([, names]) => names.includes(name)).map(([wanted]) => wanted);
    const changed = Object.entries(options).filter(
      ([option, value]) => lib?.options.find((each) => each.name === option)?.default !== value,
    );
    const settings = changed.map(([option, value]) => `${option}: ${value}`).join(', ');
    return [name, version, provides.join(' '), settings];
  });
  return table([['LIB', 'VERSION', 'PROVIDES', 'OPTIONS'], ...rows]);
}
