// SPDX-License-Identifier: BSD-3-Clause

import {searchPackages} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const search = verb({
  name: 'search',
  summary: 'Search the registry for libs and interfaces.',
  about: `Asks the registry that npm is set to for packages that have to do with a word, and shows those that are for kraft-ts: their keywords say so.`,
  positionals: [{name: 'WORD', means: 'An interface, such as alloc, or any other word.', required: true}],
  flags: {},
  examples: [{command: 'kraft-ts search alloc', means: 'Allocators that others have published.'}],
  async act({positionals: [word = ''], reporter, engine}) {
    const found = await searchPackages(engine, word);
    if (!found.ok) {
      reporter.diagnostics(found.error);
      return exitStatus.diagnostics;
    }
    const rows = found.value.map(({name, version, description}) => [name, version, description]);
    if (reporter.format === 'json') reporter.json(found.value);
    else if (rows.length === 0) reporter.print(`No package for kraft-ts has to do with "${word}".`);
    else reporter.print(table(rows, 110).join('\n'));
    return exitStatus.ok;
  },
});
