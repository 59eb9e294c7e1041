// SPDX-License-Identifier: BSD-3-Clause

import {copyVolume, counted} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {parseImagePath} from '../image-path.ts';
import {verb} from '../verb.ts';

export const volumeCp = verb({
  name: 'volume cp',
  summary: 'Copy files to a disk image, or from one.',
  about: `Copies a file, or a folder with all that is in it. One of the two is IMAGE:/PATH, a path on the disk; where that or the other is a folder that is there, the copy lies in it. What is copied to a disk is there altogether, or, should anything fail, not at all. The guest must not run meanwhile.`,
  positionals: [
    {name: 'FROM', means: 'A path of this machine, or IMAGE:/PATH.', required: true},
    {name: 'TO', means: 'The other.', required: true},
  ],
  flags: {},
  examples: [
    {command: 'kraft-ts volume cp ./site data.img:/', means: 'The folder site, to the root of the disk.'},
    {command: 'kraft-ts volume cp data.img:/shop.db .', means: 'A file of the disk, to here.'},
  ],
  async act({positionals: [from = '', to = ''], reporter, engine}) {
    const [source, target] = [parseImagePath(from), parseImagePath(to)];
    if ((source === undefined) === (target === undefined)) {
      const message = `One of the two is a path on a disk, IMAGE:/PATH, but ${source === undefined ? 'neither' : 'both'} is.`;
      reporter.diagnostics([{severity: 'error', message, help: 'kraft-ts volume cp ./file data.img:/'}]);
      return exitStatus.usage;
    }
    const copied = await (target !== undefined
      ? copyVolume(engine, {direction: 'in', outside: from, ...target})
      : copyVolume(engine, {direction: 'out', outside: to, image: '', inside: '', ...source}));
    if (!copied.ok) {
      reporter.diagnostics(copied.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json({copied: copied.value});
    else reporter.print(`Copied ${counted(copied.value, 'file')}.`);
    return exitStatus.ok;
  },
});
