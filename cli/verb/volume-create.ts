// SPDX-License-Identifier: BSD-3-Clause

import {createVolume, printSize, shown} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const volumeCreate = verb({
  name: 'volume create',
  summary: 'Make an empty disk image for a volume.',
  about: `Makes a file of zeros, which is an empty disk to a guest. It takes room on this machine only as files are written to it. A Kraftfile mounts it with volumes: [./data.img:/data].`,
  positionals: [{name: 'IMAGE', means: 'The file to make; its name ends in .img.', required: true}],
  flags: {size: {value: 'SIZE', short: 's', means: 'How large the disk is, such as 64MiB or 2GiB. Default: 64MiB.'}},
  examples: [{command: 'kraft-ts volume create data.img --size 256MiB', means: 'A disk of 256 MiB.'}],
  async act({flags, positionals: [path = ''], reporter, engine}) {
    const made = await createVolume(engine, {path, size: flags.size ?? '64MiB'});
    if (!made.ok) {
      reporter.diagnostics(made.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(made.value);
    else reporter.print(`Made ${shown(engine, made.value.path)}, an empty disk of ${printSize(made.value.size)}.`);
    return exitStatus.ok;
  },
});
