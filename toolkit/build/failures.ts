// SPDX-License-Identifier: BSD-3-Clause

import {counted, type Diagnostic, listing} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {Action, Plan} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';
import type {NinjaStep} from './ninja-output.ts';
import {headerMessage, missingHeader, undeclaredHeader} from './undeclared-header.ts';

export interface Failures {
  readonly plan: Plan;
  readonly paths: BuildPaths;
  readonly failed: readonly NinjaStep[];
}

/** The action that was to make what a step failed to make. */
export function failedAction({failed}: NinjaStep, {plan, paths}: {plan: Plan; paths: BuildPaths}): Action | undefined {
  return plan.actions.find((action) => 'output' in action && failed.includes(paths.inside(action.output)));
}

/** Why files did not compile, where the toolkit knows better than the compiler; else only that they did not. */
export async function compileFailures(host: Host, context: Failures): Promise<readonly Diagnostic[]> {
  const {plan, paths, failed} = context;
  const diagnostics: Diagnostic[] = [];
  const others: string[] = [];
  for (const action of plan.actions) {
    if (action.kind !== 'compile') continue;
    const step = failed.find((one) => one.failed.includes(paths.inside(action.output)));
    if (step === undefined) continue;
    const missing = missingHeader(step.text);
    const known = missing && (await undeclaredHeader(host, {missing, action, plan, paths}));
    if (known !== undefined) diagnostics.push(known);
    else others.push(paths.shown(action.input));
  }
  if (others.length > 0) diagnostics.push(diskFull(failed) ?? notCompiled(others));
  return diagnostics;
}

/** What a compiler cannot write for want of room says nothing of what it read. */
export function diskFull(failed: readonly Pick<NinjaStep, 'text'>[]): Diagnostic | undefined {
  if (!failed.some(({text}) => noRoom.test(text))) return undefined;
  return {
    severity: 'error',
    message: 'The disk is full: what was compiled cannot be written.',
    help: 'Make room where the project is, and in the folder for temporary files, and build again: what is done stays done.',
  };
}

const noRoom = /: '?(?:No space left on device|Disk quota exceeded)'?$/m;

function notCompiled(files: readonly string[]): Diagnostic {
  const shown = files.length > 4 ? [...files.slice(0, 3), counted(files.length - 3, 'more file')] : files;
  return {severity: 'error', message: `${listing(shown)} ${files.length === 1 ? 'does' : 'do'} not compile.`};
}

/** What is left of a compiler's output when a diagnostic says the rest. */
export function remainingOutput(step: NinjaStep, context: {plan: Plan; paths: BuildPaths}): string {
  const action = failedAction(step, context);
  const missing = missingHeader(step.text);
  if (action?.kind !== 'compile' || missing === undefined) return step.text;
  if (headerMessage(missing, {...context, action}) === undefined) return step.text;
  return missing.rest === '' ? '' : `${missing.rest}\n`;
}

/** Why objects could not be joined, or the image not be linked. */
export function linkFailures({plan, paths, failed}: Failures): readonly Diagnostic[] {
  return failed.flatMap((step) => {
    const action = failedAction(step, {plan, paths});
    if (action?.kind !== 'combine' && action?.kind !== 'link') return [];
    const full = diskFull([step]);
    if (full !== undefined) return [full];
    const lines = step.text.split('\n').filter((line) => line !== '');
    const message = action.kind === 'link' ? 'The image does not link.' : `The objects of ${action.owner} do not join.`;
    const notes = lines.map((line) => ({message: twice(line, {plan, paths}) ?? line.replace(/^\S*ld: /, '')}));
    return [{severity: 'error', message, notes} as const];
  });
}

/** Two definitions of a symbol, by the files that have them. */
function twice(line: string, {plan, paths}: {plan: Plan; paths: BuildPaths}): string | undefined {
  const [, second, symbol, first] = /(obj\/\S+\.o):.*multiple definition of `([^']+)'; (obj\/\S+\.o):/.exec(line) ?? [];
  if (second === undefined || first === undefined || symbol === undefined) return undefined;
  const source = (object: string): string => {
    const action = plan.actions.find((one) => one.kind === 'compile' && paths.inside(one.output) === object);
    return action?.kind === 'compile' ? paths.shown(action.input) : object;
  };
  return `${source(first)} and ${source(second)} both define ${symbol}.`;
}
