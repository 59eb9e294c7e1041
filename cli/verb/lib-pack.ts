// SPDX-License-Identifier: BSD-3-Clause

import {counted, packLib, printRoundSize, shown} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const libPack = verb({
  name: 'lib pack',
  summary: 'Make the tarball that would be published.',
  about: `Checks that package.json and the manifest agree, and has npm pack the folder: what "files" in package.json names, and what npm always takes. No script runs. kraft-ts add takes such a tarball.`,
  positionals: [],
  flags: {to: {value: 'DIR', means: "Where to. Default: the lib's folder."}},
  examples: [{command: 'kraft-ts lib pack', means: 'NAME-VERSION.tgz, beside the manifest.'}],
  async act({flags, reporter, engine}) {
    const packed = await packLib(engine, {to: flags.to});
    if (!packed.ok) {
      reporter.diagnostics(packed.error);
      return exitStatus.diagnostics;
    }
    const {tarball, files, size} = packed.value;
    if (reporter.format === 'json') reporter.json(packed.value);
    else
      reporter.print(`${shown(engine, tarball)}: ${counted(files.length, 'file')}, ${printRoundSize(size)} unpacked`);
    return exitStatus.ok;
  },
});
