// SPDX-License-Identifier: BSD-3-Clause

import {type Examination, examine} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const doctor = verb({
  name: 'doctor',
  summary: 'See whether this machine has what the tool needs.',
  about: `Lists the programs that builds and boots call, with their versions; says how guests would be executed here; and gives the command that installs what is missing. The exit status is 1 when something that every build needs is missing.`,
  positionals: [],
  flags: {},
  examples: [
    {command: 'kraft-ts doctor', means: 'What this machine has and lacks.'},
    {command: 'kraft-ts doctor --json', means: 'For a bug report.'},
  ],
  async act({reporter, engine}) {
    const found = await examine(engine);
    if (!found.ok) {
      reporter.diagnostics(found.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(found.value);
    else reporter.print(wordsFor(found.value).join('\n'));
    return found.value.install === undefined ? exitStatus.ok : exitStatus.diagnostics;
  },
});

function wordsFor({node, cores, programs, accelerators, store, install}: Examination): readonly string[] {
  const rows = programs.map(({name, version, path, means, needed}) => [
    path === undefined ? (needed === 'always' ? 'missing' : 'no') : 'ok',
    name,
    version ?? '',
    means,
  ]);
  return [
    ...table([['ok', 'node', node.slice(1), `runs this tool, on ${cores} cores`], ...rows]),
    '',
    ...accelerators.map(({arch, because}) => `Guests for ${arch}: ${because}`),
    `Fetched sources are kept in ${store}.`,
    ...(install === undefined ? [] : ['', `Install what is missing:\n  ${install}`]),
  ];
}
