// SPDX-License-Identifier: BSD-3-Clause

import {initProject, listTemplates, shown} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const init = verb({
  name: 'init',
  summary: 'Begin a project from a template.',
  about: `Writes a Kraftfile and a small C program into FOLDER, which must be empty or not there yet. The app is called as the folder is.`,
  positionals: [{name: 'FOLDER', means: 'Where to. Default: the current folder.', completes: 'folder'}],
  flags: {
    template: {value: 'NAME', short: 't', means: 'What to begin with; --list shows what there is. Default: hello.'},
    name: {value: 'NAME', means: "The app's name. Default: the folder's."},
    list: {short: 'l', means: 'Show the templates instead.'},
  },
  examples: [
    {command: 'kraft-ts init hello', means: 'The smallest program, in a new folder.'},
    {command: 'kraft-ts init shop --template http', means: 'An HTTP server.'},
    {command: 'kraft-ts init --list', means: 'What there is to begin with.'},
  ],
  async act({flags, positionals: [folder], reporter, engine}) {
    if (flags.list) {
      const templates = await listTemplates(engine);
      if (reporter.format === 'json') reporter.json(templates);
      else reporter.print(table(templates.map(({name, means}) => [name, means])).join('\n'));
      return exitStatus.ok;
    }
    const made = await initProject(engine, {folder, template: flags.template ?? 'hello', name: flags.name});
    if (!made.ok) {
      reporter.diagnostics(made.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') {
      reporter.json(made.value);
      return exitStatus.ok;
    }
    const path = shown(engine, made.value.folder);
    const enter = path === '.' ? '' : `cd ${path} && `;
    reporter.print(`Wrote ${made.value.files.join(', ')} in ${path}.\nNext: ${enter}kraft-ts run`);
    return exitStatus.ok;
  },
});
