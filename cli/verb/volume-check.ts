// SPDX-License-Identifier: BSD-3-Clause

import {checkVolume, counted, printSize} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

const block = 4096;

export const volumeCheck = verb({
  name: 'volume check',
  summary: 'See whether a disk image is whole.',
  about: `Reads all of the disk but the content of files: each checksum, each reference, each name, and whether they agree. What is wrong is told with its place in the file. Nothing is changed.`,
  positionals: [{name: 'IMAGE', means: 'The disk image.', required: true}],
  flags: {},
  examples: [{command: 'kraft-ts volume check data.img', means: 'Whether a guest can mount it, and all is there.'}],
  async act({positionals: [path = ''], reporter, engine}) {
    const checked = await checkVolume(engine, path);
    if (!checked.ok) {
      reporter.diagnostics(checked.error);
      return exitStatus.diagnostics;
    }
    const {files, blocks, used, findings} = checked.value;
    const status = findings.length === 0 ? exitStatus.ok : exitStatus.diagnostics;
    if (reporter.format === 'json') {
      reporter.json(checked.value);
      return status;
    }
    const holds = `${counted(files, 'file')}, ${printSize(used * block)} of ${printSize(blocks * block)} used`;
    const told = findings.map(({offset, message}) => `${path}:${offset}: ${message}`);
    const last = findings.length === 0 ? 'It is whole' : `${counted(findings.length, 'place')} of it wrong`;
    reporter.print([...told, `${last}: ${holds}.`].join('\n'));
    return status;
  },
});
