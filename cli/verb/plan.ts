// SPDX-License-Identifier: BSD-3-Clause

import {type Action, type Plan, planProject, unreachable} from '../../toolkit/engine.ts';
import {compilerFlags, targetFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const plan = verb({
  name: 'plan',
  summary: 'Show everything that a build will do, and why.',
  about: `Prints every step of the build as a list, without doing any. Equal inputs give equal plans, byte for byte. Third-party sources that are not there yet are fetched, since their files are part of the plan.`,
  positionals: [],
  flags: {
    ...targetFlags,
    compiler: compilerFlags.compiler,
    full: {means: 'Name every file: flags, folders of headers, symbols kept.'},
  },
  examples: [
    {command: 'kraft-ts plan', means: 'What a build does.'},
    {command: 'kraft-ts plan --json > plan.json', means: 'The plan itself.'},
  ],
  async act({flags, reporter, engine}) {
    const compiler = flags.compiler === 'clang' ? 'clang' : 'gcc';
    const planned = await planProject(engine, {plat: flags.plat, arch: flags.arch, compiler});
    if (!planned.ok) {
      reporter.diagnostics(planned.error);
      return exitStatus.diagnostics;
    }
    const {plan} = planned.value;
    if (reporter.format === 'json') reporter.json(plan);
    else reporter.print((flags.full ? everyAction(plan) : byOwner(plan)).join('\n'));
    return exitStatus.ok;
  },
});

/** A line for each thing that a reader thinks of as one step. */
function byOwner(plan: Plan): readonly string[] {
  const rows: [string, string, string][] = [];
  const compiled = new Map<string, readonly Action[]>();
  for (const action of plan.actions) {
    if (action.kind === 'compile') compiled.set(action.owner, [...(compiled.get(action.owner) ?? []), action]);
  }
  for (const action of plan.actions) {
    if (action.kind === 'fetch') rows.push(['fetch', `${action.source} ${action.version}`, action.because]);
  }
  const generated = plan.actions.filter((action) => action.kind === 'generate');
  for (const {output, because} of generated) rows.push(['generate', output, because]);
  for (const [owner, actions] of compiled) {
    rows.push([
      'compile',
      `${owner} (${actions.length === 1 ? '1 file' : `${actions.length} files`})`,
      actions[0]?.because ?? '',
    ]);
  }
  const audited = plan.actions.filter((action) => action.kind === 'audit').length;
  rows.push(['audit', `${audited} parts`, 'each must define what it promises, and want only what it needs']);
  for (const action of plan.actions) if (action.kind === 'link') rows.push(['link', action.output, action.because]);
  return [
    `${plan.name} for ${plan.platform}/${plan.arch} with ${plan.compiler}: ${plan.actions.length} actions`,
    ...table(rows),
  ];
}

function everyAction(plan: Plan): readonly string[] {
  return plan.actions.flatMap((action) => [
    `${action.kind} ${subjectOf(action)}`,
    ...detailsOf(action).map((line) => `    ${line}`),
  ]);
}

function subjectOf(action: Action): string {
  switch (action.kind) {
    case 'fetch':
      return `${action.source} ${action.version}`;
    case 'generate':
      return action.output;
    case 'compile':
      return `${action.input} → ${action.output}`;
    case 'combine':
    case 'link':
      return `→ ${action.output}`;
    case 'audit':
      return action.input;
    default:
      return unreachable(action);
  }
}

function detailsOf(action: Action): readonly string[] {
  const because = `because ${action.because}`;
  switch (action.kind) {
    case 'fetch':
      return [because, `sha256 ${action.sha256}`];
    case 'generate':
      return [because];
    case 'compile':
      return [because, `flags ${action.flags.join(' ')}`, ...action.include.map((folder) => `include ${folder}`)];
    case 'combine':
      return [
        because,
        ...action.inputs.map((input) => `from ${input}`),
        ...(action.members ?? []).map((member) => `from ${member}, if it is reached`),
        `keep ${action.keep.join(' ') || 'nothing'}`,
      ];
    case 'link':
      return [because, ...action.inputs.map((input) => `from ${input}`), `flags ${action.flags.join(' ')}`];
    case 'audit':
      return [because, ...action.promises.map((promise) => `promises ${promise.symbol} (${promise.interface})`)];
    default:
      return unreachable(action);
  }
}
