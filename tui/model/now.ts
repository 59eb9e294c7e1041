// SPDX-License-Identifier: BSD-3-Clause

import {type ImageView, type LibView, type TargetReading, type Wishes, wishesAfter} from '../../toolkit/engine.ts';
import type {State} from './state.ts';

/** What the user asks for, steps that the engine has not answered yet included. */
export function wishesNow({draft, waiting}: State): Wishes {
  return waiting.reduce(
    (wishes, {step}) => (step.kind === 'edits' ? step.edits.reduce(wishesAfter, wishes) : wishes),
    draft.wishes,
  );
}

/** The target that is looked at. */
export function targetNow({draft, target}: State): TargetReading | undefined {
  return draft.targets.find((each) => each.target === target) ?? draft.targets[0];
}

/** What that target's image is made of; undefined where there is none. */
export function imageNow(state: State): ImageView | undefined {
  const answer = targetNow(state)?.answer;
  return answer?.kind === 'image' ? answer : undefined;
}

/** How a lib stands: asked for by the Kraftfile, in the image without that, or out; and whether that can change. */
export interface LibStanding {
  readonly asked: boolean;
  readonly in: boolean;
  readonly locked: boolean;
}

/** A function that says how libs stand now. */
export function standings(state: State): (lib: LibView) => LibStanding {
  const {libraries, choose} = wishesNow(state);
  const chosen = new Set<string>(Object.values(choose));
  const image = imageNow(state);
  const inside = new Set<string>(image?.libs.map(({name}) => name));
  const target = targetNow(state);
  const {standing, draft} = state;
  const forced = standing?.text === draft.text && standing.target === target?.target ? standing.forced : {};
  return ({name}) => {
    const asked = name in libraries;
    const isIn = inside.has(name);
    const locked = forced[name] === 'out' || (forced[name] === 'in' && !asked && !chosen.has(name));
    return {asked, in: isIn || asked, locked};
  };
}
