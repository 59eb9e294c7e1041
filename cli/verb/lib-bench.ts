// SPDX-License-Identifier: BSD-3-Clause

import {type BenchReport, benchLib} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {figures as inColumns} from '../report/table.ts';
import {verb} from '../verb.ts';

export const libBench = verb({
  name: 'lib bench',
  summary: 'Measure a lib beside the other providers of what it provides.',
  about: `Builds the interface's own benchmark with each provider, and runs it under QEMU with -icount, where the guest's clock counts instructions: the figures are the same on every machine, however busy it is.`,
  positionals: [],
  flags: {alone: {means: 'Only the lib itself.'}},
  examples: [{command: 'kraft-ts lib bench', means: 'A column for each provider, the lib first.'}],
  async act({flags, reporter, engine, signal}) {
    const measured = await benchLib(engine, {others: flags.alone ? 'left-out' : 'too', signal});
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!measured.ok) {
      reporter.diagnostics(measured.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(measured.value);
    else {
      reporter.print(lines(measured.value).join('\n'));
      for (const {provider, because} of measured.value.left) reporter.note(`${provider} was not measured: ${because}.`);
    }
    return measured.value.figures.some(({values}) => values.has(measured.value.name)) ||
      measured.value.left.length === 0
      ? exitStatus.ok
      : exitStatus.diagnostics;
  },
});

function lines({figures}: BenchReport): readonly string[] {
  const providers = [...new Set(figures.flatMap(({values}) => [...values.keys()]))];
  const rows = figures.map(({name, values}) => [name, ...providers.map((each) => String(values.get(each) ?? '–'))]);
  return inColumns(
    [['', ...providers], ...rows],
    providers.map((_, index) => index + 1),
  );
}
