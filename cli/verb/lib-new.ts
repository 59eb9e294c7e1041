// SPDX-License-Identifier: BSD-3-Clause

import {newLib, shown} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const libNew = verb({
  name: 'lib new',
  summary: 'Begin a lib: a package in a folder of its own.',
  about: `Writes a folder with a manifest, sources in which every function of the interface is there and does nothing yet, a test, a README, a package.json and a file for continuous integration. It builds at once; kraft-ts lib test then says what is missing.`,
  positionals: [{name: 'NAME', means: 'The name of the lib and of its folder, INTERFACE-HOW.', required: true}],
  flags: {
    provides: {value: 'INTERFACE', means: 'The interface that it is to provide.'},
    license: {value: 'SPDX', means: 'Its licence. Default: BSD-3-Clause.'},
  },
  examples: [
    {command: 'kraft-ts lib new alloc-mine --provides alloc', means: 'An allocator.'},
    {command: 'kraft-ts lib new netdev-mine --provides netdev', means: 'A driver: one const struct.'},
  ],
  async act({flags, positionals: [name = ''], reporter, engine}) {
    if (flags.provides === undefined) {
      reporter.diagnostics([
        {
          severity: 'error',
          message: 'A lib provides an interface, and none is named.',
          help: 'Say --provides INTERFACE; kraft-ts list shows which there are.',
        },
      ]);
      return exitStatus.usage;
    }
    const written = await newLib(engine, {name, provides: flags.provides, license: flags.license});
    if (!written.ok) {
      reporter.diagnostics(written.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') {
      reporter.json(written.value);
      return exitStatus.ok;
    }
    const folder = shown(engine, written.value.folder);
    reporter.print(`Wrote ${written.value.files.join(', ')} in ${folder}.\nNext: cd ${folder} && kraft-ts lib test`);
    return exitStatus.ok;
  },
});
