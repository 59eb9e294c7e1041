// SPDX-License-Identifier: BSD-3-Clause

import {testLib} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {tapLines, testedLines} from '../report/tested-words.ts';
import {verb} from '../verb.ts';

export const libTest = verb({
  name: 'lib test',
  summary: 'Put a lib to the suites of what it provides, and run its own tests.',
  about: `Every suite of every interface that the lib provides runs twice as a program of this machine, made by gcc and by clang with the address and undefined-behaviour sanitizers, and as an image on each platform that the lib is for. Files in test/ are the lib's own tests; they see its inside. In the folder of an interface, its suites are put to all its providers.

A suite passes where every test passes on each machine that it can run on, and it runs on one at least. What the manifest lets the lib off (the key exempt) is shown with its reason.`,
  positionals: [],
  flags: {
    only: {value: 'WAY', choices: ['hosted', 'booted'], means: 'Only as programs of this machine, or only booted.'},
    suite: {value: 'NAME', means: 'Only the suite of this name.'},
    tap: {means: 'Print the results in TAP.'},
  },
  examples: [
    {command: 'kraft-ts lib test', means: 'Everything.'},
    {command: 'kraft-ts lib test --only hosted', means: 'What is quick, while you write.'},
    {command: 'kraft-ts lib test --tap', means: 'For continuous integration.'},
  ],
  async act({flags, reporter, engine, signal}) {
    const only = flags.only === 'hosted' || flags.only === 'booted' ? flags.only : undefined;
    const tested = await testLib(engine, {only, suite: flags.suite, signal});
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!tested.ok) {
      reporter.diagnostics(tested.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(tested.value);
    else reporter.print((flags.tap ? tapLines(tested.value) : testedLines(tested.value)).join('\n'));
    return tested.value.passed ? exitStatus.ok : exitStatus.diagnostics;
  },
});
