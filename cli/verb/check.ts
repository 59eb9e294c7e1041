// SPDX-License-Identifier: BSD-3-Clause

import {kraftfileKeys, openProject, shown} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const check = verb({
  name: 'check',
  summary: 'Check the Kraftfile, and the manifests that it can choose from.',
  about: `Reads the nearest Kraftfile, here or in a folder above, and reports every mistake in it at once: where, what, and what to do. With --json the checked Kraftfile is printed.`,
  appendix: async () => ['Keys of a Kraftfile:', ...table(rowsOf(await kraftfileKeys()), 96)].join('\n'),
  positionals: [],
  flags: {},
  examples: [
    {command: 'kraft-ts check', means: 'The project of the current folder.'},
    {command: 'kraft-ts check -C shop --json', means: 'Another, for a program.'},
  ],
  async act({reporter, engine}) {
    const project = await openProject(engine);
    if (!project.ok) {
      reporter.diagnostics(project.error);
      return exitStatus.diagnostics;
    }
    const {spec} = project.value;
    const targets = spec.targets.map(({platform, arch}) => `${platform}/${arch}`).join(', ');
    if (reporter.format === 'json') reporter.json(spec);
    else
      reporter.print(
        `${shown(engine, spec.path)} is right: ${spec.name.value}${targets === '' ? '' : ` for ${targets}`}.`,
      );
    return exitStatus.ok;
  },
});

/** Lines of a name and what it means, as rows. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text.split('\n').flatMap((line) => {
    const [, name, means] = /^\s*(\S+)\s+(.*)$/.exec(line) ?? [];
    return name === undefined || means === undefined ? [] : [[`  ${name}`, means]];
  });
}
