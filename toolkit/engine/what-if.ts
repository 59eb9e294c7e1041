// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, type LibName, ok, quote, type Result} from '../base/index.ts';
import type {ImageFacts} from '../plan/index.ts';
import type {Difference, Solution} from '../solve/index.ts';
import type {Edit} from '../spec/index.ts';
import {type Answer, answerProject, type Clash} from './answer.ts';
import {buildPlanned} from './build-project.ts';
import {asIf, edited} from './edit.ts';
import {type Named, nameIn, settingOf} from './edit-name.ts';
import type {Engine} from './engine.ts';
import {lastBuild} from './last-build.ts';
import {type PlanRequest, planProject} from './plan-project.ts';
import {openKraftfile} from './project.ts';
import {type Cost, costOf} from './what-if-cost.ts';

/** What would come of other wishes. */
export type WhatIf =
  | {
      readonly kind: 'difference';
      readonly difference: Difference;
      readonly before: Cost;
      readonly after: Cost;
      readonly answer: Answer;
      /** What was measured, where that was asked for. */
      readonly built?: BuiltPair;
    }
  /** `before` is absent where the Kraftfile as it is has no image. */
  | {readonly kind: 'clash'; readonly clash: Clash; readonly before?: Solution};

/** Both images, as they were built; before is absent where the Kraftfile as it is has none. */
export interface BuiltPair {
  readonly before?: ImageFacts;
  readonly after: ImageFacts;
}

export interface WhatIfRequest extends PlanRequest {
  readonly suppositions: readonly string[];
  /** Whether both images are built and measured, or thought of only. */
  readonly images: 'build' | 'estimate';
  readonly signal: AbortSignal;
}

/**
 * Solves as the Kraftfile is, and as it would be with `suppositions`: `+LIB`, `-LIB`, `NAME=VALUE`. Writes neither the
 * Kraftfile nor the lock. See docs/solver.md#what-if.
 */
export async function whatIf(engine: Engine, request: WhatIfRequest): Promise<Result<WhatIf>> {
  const now = await answerProject(engine, request);
  if (!now.ok) return now;
  const {catalog} = now.value;
  const wishes = wishesOf(request.suppositions, now.value);
  if (!wishes.ok) return wishes;
  const file = await openKraftfile(engine);
  if (!file.ok) return file;
  const text = await edited(file.value.text, wishes.value.edits);
  if (text === undefined) throw new Error('Internal error: a Kraftfile that is right is no YAML map');
  const then = asIf({...engine, emit: () => undefined}, file.value.path, text);
  const answer = await answerProject(then, {...request, lockfile: 'keep', without: wishes.value.without});
  if (!answer.ok) return answer;
  if ('conflict' in answer.value)
    return ok({kind: 'clash', clash: answer.value, ...('solution' in now.value && {before: now.value.solution})});
  const {difference} = await import('../solve/index.ts');
  const before = 'solution' in now.value ? now.value.solution : {...answer.value.solution, libs: []};
  const last = await lastBuild(engine, answer.value.spec.folder, answer.value.target);
  const built =
    request.images === 'build'
      ? await buildBoth(request, {
          now: 'solution' in now.value ? engine : undefined,
          supposed: {...then, emit: engine.emit},
          without: wishes.value.without,
        })
      : ok(undefined);
  if (!built.ok) return built;
  return ok({
    kind: 'difference',
    difference: difference(before, answer.value.solution, catalog),
    before: costOf(before, catalog, last),
    after: costOf(answer.value.solution, catalog, last),
    answer: answer.value,
    ...(built.value !== undefined && {built: built.value}),
  });
}

/** Each in a folder of its own, so that the next `run` boots what the Kraftfile says. */
async function buildBoth(
  request: WhatIfRequest,
  {
    now,
    supposed,
    without,
  }: {readonly now: Engine | undefined; readonly supposed: Engine; readonly without: readonly LibName[]},
): Promise<Result<BuiltPair>> {
  const before = now && (await planProject(now, request));
  if (before?.ok === false) return before;
  const after = await planProject(supposed, {...request, lockfile: 'keep', without});
  if (!after.ok) return after;
  const plan = {...after.value.plan, variant: 'supposed' as const};
  const builtBefore = now && before && (await buildPlanned(now, before.value, request));
  if (builtBefore?.ok === false) return builtBefore;
  const builtAfter = await buildPlanned(supposed, {...after.value, plan}, request);
  if (!builtAfter.ok) return builtAfter;
  return ok({...(builtBefore && {before: builtBefore.value.facts}), after: builtAfter.value.facts});
}

type LibOrInterface = Extract<Named, {kind: 'lib' | 'interface'}>;

interface Wishes {
  readonly edits: readonly Edit[];
  /** Libs that are not to be had. */
  readonly without: readonly LibName[];
}

/** `+LIB` and `+INTERFACE` ask for it, `-LIB` and `-INTERFACE` do without it, `NAME=VALUE` is as `set` has it. */
function wishesOf(suppositions: readonly string[], project: Answer | Clash): Result<Wishes> {
  const all: Wishes[] = [];
  for (const supposition of suppositions) {
    const found = wishOf(supposition, project);
    if (!found.ok) return found;
    all.push(found.value);
  }
  return ok({edits: all.flatMap((wish) => wish.edits), without: all.flatMap((wish) => wish.without)});
}

function wishOf(supposition: string, project: Answer | Clash): Result<Wishes> {
  const {catalog} = project;
  const equals = supposition.indexOf('=');
  const sign = supposition.slice(0, 1);
  if ((sign === '+' || sign === '-') && supposition.length > 1) {
    const named = nameIn(catalog, supposition.slice(1));
    if (!named.ok) return named;
    if (named.value.kind === 'lib' || named.value.kind === 'interface')
      return ok(sign === '+' ? having(named.value) : doingWithout(named.value, project));
  }
  if (equals < 1) return fail([unreadable(supposition)]);
  const edit = settingOf(catalog, supposition.slice(0, equals), supposition.slice(equals + 1));
  return edit.ok ? ok({edits: [edit.value], without: []}) : edit;
}

function having(named: LibOrInterface): Wishes {
  const edit: Edit = named.kind === 'lib' ? {kind: 'want', lib: named.lib} : {kind: 'need', interface: named.interface};
  return {edits: [edit], without: []};
}

function doingWithout(named: LibOrInterface, {spec}: Answer | Clash): Wishes {
  if (named.kind === 'interface') {
    const name = named.interface;
    return {
      edits: [
        {kind: 'drop-need', interface: name},
        {kind: 'unchoose', interface: name},
      ],
      without: [],
    };
  }
  const {lib} = named;
  const choices = spec.choose.filter((row) => row.provider.value === lib);
  const edits = choices.map((row): Edit => ({kind: 'unchoose', interface: row.interface.value}));
  return {edits: [{kind: 'drop', lib}, ...edits], without: [lib]};
}

function unreadable(supposition: string): Diagnostic {
  return {
    severity: 'error',
    message: `Expected +LIB, -LIB or NAME=VALUE for --if, but was ${quote(supposition)}.`,
  };
}
