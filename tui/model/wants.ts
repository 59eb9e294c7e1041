// SPDX-License-Identifier: BSD-3-Clause

import {targetNow} from './now.ts';
import {hasProblems} from './problems.ts';
import type {State, Wanted} from './state.ts';

/** Something that the engine is to be asked, or told. */
export type Want =
  | {readonly kind: 'catalog'}
  | {readonly kind: 'examine'; readonly text: string}
  | {readonly kind: 'attempt'; readonly text: string; readonly saved: string; readonly wanted: Wanted}
  | {readonly kind: 'standing'; readonly text: string; readonly target: string}
  | {readonly kind: 'why'; readonly text: string; readonly target: string; readonly name: string}
  | {readonly kind: 'clash'; readonly text: string}
  | {readonly kind: 'fixes'; readonly text: string}
  | {readonly kind: 'save'; readonly text: string; readonly over: string}
  | {readonly kind: 'build'; readonly target: string}
  | {readonly kind: 'stop-build'};

/** What a state waits for. Whoever asks does so once, until the answer is there. */
export function wantsOf(state: State): readonly Want[] {
  const {draft, saved, sheet, showing, saving, catalog, standing} = state;
  if (!state.examined)
    return [
      ...(catalog === 'loading' ? [{kind: 'catalog'} as const] : []),
      {kind: 'examine', text: draft.text},
      ...buildWants(state),
    ];
  const wants: Want[] = catalog === 'loading' ? [{kind: 'catalog'}] : [];
  const [wanted] = state.waiting;
  const target = targetNow(state)?.target ?? '';
  const isAsked = sheet?.kind === 'clash' && sheet.wanted !== undefined;
  if (wanted !== undefined && !isAsked) wants.push({kind: 'attempt', text: draft.text, saved, wanted});
  if (wanted === undefined && saving !== undefined) wants.push({kind: 'save', text: draft.text, over: saved});
  if (sheet?.kind === 'why' && sheet.explanation === undefined)
    wants.push({kind: 'why', text: draft.text, target, name: sheet.thing.name});
  if (sheet?.kind === 'mistakes' && sheet.fixes === undefined) wants.push({kind: 'fixes', text: draft.text});
  if (showing !== undefined && hasProblems(draft) && sheet === undefined) wants.push({kind: 'clash', text: draft.text});
  wants.push(...buildWants(state));
  if (
    wanted === undefined &&
    catalog !== 'loading' &&
    target !== '' &&
    (standing?.text !== draft.text || standing.target !== target)
  )
    wants.push({kind: 'standing', text: draft.text, target});
  return wants;
}

function buildWants({sheet}: State): readonly Want[] {
  if (sheet?.kind !== 'build' || sheet.result !== undefined) return [];
  return [{kind: 'build', target: sheet.target}, ...(sheet.stopping ? [{kind: 'stop-build'} as const] : [])];
}
