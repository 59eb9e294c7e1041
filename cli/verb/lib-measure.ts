// SPDX-License-Identifier: BSD-3-Clause

import {type MeasureReport, measureLib, printSize} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const libMeasure = verb({
  name: 'lib measure',
  summary: 'Measure what a lib costs, and write it into its manifest.',
  about: `Builds images with the suites of what the lib provides, and writes the key measured of its manifest: bytes in the image and in memory, symbols that others can use, and the instructions that its start takes, counted under QEMU. minimize, what-if and menuconfig go by these. The figures are the same on every machine with the same compiler.`,
  positionals: [],
  flags: {check: {means: 'Write nothing; fail where the manifest is off by more than a tenth.'}},
  examples: [
    {command: 'kraft-ts lib measure', means: 'Before it is published.'},
    {command: 'kraft-ts lib measure --check', means: 'For a test.'},
  ],
  async act({flags, reporter, engine, signal}) {
    const measured = await measureLib(engine, {manifest: flags.check ? 'leave' : 'write', signal});
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!measured.ok) {
      reporter.diagnostics(measured.error);
      return exitStatus.diagnostics;
    }
    const {name, stale} = measured.value;
    if (reporter.format === 'json') reporter.json(measured.value);
    else reporter.print(lines(measured.value).join('\n'));
    if (!flags.check || stale.length === 0) return exitStatus.ok;
    const message = `The manifest of ${name} says something else of its ${stale.join(', ')}.`;
    reporter.diagnostics([{severity: 'error', message, help: 'kraft-ts lib measure writes what is so.'}]);
    return exitStatus.diagnostics;
  },
});

function lines({on, measured: {size, memory, boot, surface}}: MeasureReport): readonly string[] {
  if (on === undefined) return ['Nothing of it is in an image.'];
  return [
    `size     ${size === undefined ? 'not known: no suite uses it' : printSize(size)}`,
    `memory   ${memory === undefined ? 'not known either' : printSize(memory)}`,
    `boot     ${boot === undefined ? `not known on ${on}` : `${boot} instructions`}`,
    `surface  ${surface ?? 0} symbols`,
  ];
}
