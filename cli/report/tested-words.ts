// SPDX-License-Identifier: BSD-3-Clause

import {counted, listing, type Tested, type TestReport} from '../../toolkit/engine.ts';
import {table} from './table.ts';

/** A row for each suite and machine, then what failed, with places. */
export function testedLines({name, version, trials, passed}: TestReport): readonly string[] {
  const rows = trials.map((trial) => [
    outcomeOf(trial),
    trial.interface ?? 'its own',
    trial.suite,
    trial.on,
    tallyOf(trial),
  ]);
  const failed = trials.filter(({outcome}) => outcome === 'failed');
  return [
    ...(rows.length === 0 ? [] : table([['', 'INTERFACE', 'SUITE', 'ON', 'TESTS'], ...rows], 110)),
    ...failed.flatMap((trial) => ['', ...failureLines(trial)]),
    '',
    verdict({name, version, trials, passed}),
  ];
}

function verdict({name, version, trials, passed}: TestReport): string {
  if (trials.length === 0) return `${name} ${version} was put to nothing: there is no suite for it.`;
  const failed = [...new Set(trials.filter(({outcome}) => outcome === 'failed').map(({suite}) => suite))];
  if (failed.length > 0) return `${name} ${version} fails ${listing(failed)}.`;
  const ran = trials.filter(({outcome}) => outcome === 'passed').length;
  if (passed) return `${name} ${version} passes: ${counted(ran, 'run')}, nothing failed.`;
  const unproved = [...new Set(trials.map(({suite}) => suite))].filter(
    (suite) => !trials.some((trial) => trial.suite === suite && trial.outcome === 'passed'),
  );
  return `${name} ${version} is not proved: ${listing(unproved)} ran nowhere.`;
}

function outcomeOf({outcome}: Tested): string {
  return {passed: 'ok', failed: 'FAILS', unfit: '–', 'left-out': '–'}[outcome];
}

function tallyOf({outcome, cases, because}: Tested): string {
  if (outcome === 'unfit' || outcome === 'left-out') return because ?? '';
  const good = cases.filter(({passed}) => passed).length;
  return good === cases.length ? String(good) : `${good} of ${cases.length}`;
}

function failureLines({interface: of, suite, on, cases, because}: Tested): readonly string[] {
  const wrong = cases.filter(({passed}) => !passed);
  return [
    `${of === undefined ? suite : `${of}: ${suite}`} on ${on}:`,
    ...wrong.map(({name, check}) =>
      check === undefined ? `  ${name}` : `  ${check.file}:${check.line}: ${name}: ${check.condition}`,
    ),
    ...(because === undefined
      ? []
      : because
          .split('\n')
          .slice(0, 30)
          .map((line) => `  ${line}`)),
  ];
}

/** The same in TAP: a test for each suite and machine. */
export function tapLines({trials}: TestReport): readonly string[] {
  return [
    'TAP version 14',
    `1..${trials.length}`,
    ...trials.flatMap((trial, index) => {
      const {interface: of, suite, on, outcome, because, cases} = trial;
      const title = `${of ?? 'own tests'}: ${suite}${on === '' ? '' : ` on ${on}`}`;
      const skip = outcome === 'unfit' || outcome === 'left-out' ? ` # SKIP ${because ?? ''}` : '';
      const inner = cases.map(({name, passed}, at) => `    ${passed ? 'ok' : 'not ok'} ${at + 1} - ${name}`);
      const subtests = cases.length === 0 ? [] : [`# Subtest: ${title}`, ...inner, `    1..${cases.length}`];
      const wrong = outcome === 'failed' ? failureLines(trial).map((line) => `  # ${line}`) : [];
      return [...subtests, `${outcome === 'failed' ? 'not ok' : 'ok'} ${index + 1} - ${title}${skip}`, ...wrong];
    }),
  ];
}
