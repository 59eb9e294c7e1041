// SPDX-License-Identifier: BSD-3-Clause

import {newInterface, newLib, shown} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const libNew = verb({
  name: 'lib new',
  summary: 'Begin a lib or an interface: a package in a folder of its own.',
  about: `Writes a folder with a manifest, sources in which every function of the interface is there and does nothing yet, a test, a README, a package.json and a file for continuous integration. It builds at once; kraft-ts lib test then says what is missing.

With --interface, the folder is that of an interface: a header, its suite, a fake and a benchmark, with one function to begin with.`,
  positionals: [{name: 'NAME', means: 'The name of the lib and of its folder, INTERFACE-HOW.'}],
  flags: {
    provides: {value: 'INTERFACE', means: 'The interface that it is to provide.'},
    interface: {value: 'NAME', means: 'Begin an interface of this name.'},
    language: {value: 'LANGUAGE', choices: ['c', 'c++', 'rust'], means: 'What it is written in. Default: c.'},
    license: {value: 'SPDX', means: 'Its licence. Default: BSD-3-Clause.'},
  },
  examples: [
    {command: 'kraft-ts lib new alloc-mine --provides alloc', means: 'An allocator.'},
    {command: 'kraft-ts lib new netdev-mine --provides netdev', means: 'A driver: one const struct.'},
    {command: 'kraft-ts lib new alloc-mine --provides alloc --language c++', means: 'The same in C++.'},
    {command: 'kraft-ts lib new --interface counter', means: 'A contract that others can provide.'},
  ],
  async act({flags, positionals: [name], reporter, engine}) {
    const asked = request({name, ...flags});
    if ('message' in asked) {
      reporter.diagnostics([{severity: 'error', ...asked}]);
      return exitStatus.usage;
    }
    const written = await ('provides' in asked ? newLib(engine, asked) : newInterface(engine, asked));
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

type Wanted =
  | {readonly message: string; readonly help?: string}
  | {readonly name: string; readonly license: string | undefined}
  | {
      readonly name: string;
      readonly provides: string;
      readonly license: string | undefined;
      readonly language: 'c' | 'c++' | 'rust';
    };

interface Asked {
  readonly name: string | undefined;
  readonly provides: string | undefined;
  readonly interface: string | undefined;
  readonly license: string | undefined;
  readonly language: string | undefined;
}

/** What is to be begun, or what is missing on the command line. */
function request({name, provides, interface: contract, license, language}: Asked): Wanted {
  if (contract !== undefined && language !== undefined)
    return {message: 'An interface is a header of C: --interface goes without --language.'};
  if (contract !== undefined && name === undefined && provides === undefined) return {name: contract, license};
  if (contract !== undefined)
    return {message: 'Either a lib is begun or an interface: --interface goes without NAME and without --provides.'};
  if (name === undefined)
    return {
      message: 'NAME is missing.',
      help: 'kraft-ts lib new NAME --provides INTERFACE, or kraft-ts lib new --interface NAME',
    };
  if (provides !== undefined) {
    const known = language === 'c++' || language === 'rust' ? language : 'c';
    return {name, provides, license, language: known};
  }
  return {
    message: 'A lib provides an interface, and none is named.',
    help: 'Say --provides INTERFACE; kraft-ts list shows which there are.',
  };
}
