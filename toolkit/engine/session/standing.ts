// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../../base/index.ts';
import type {Answer} from '../answer.ts';
import {patient} from '../patience.ts';
import type {StandingView} from './session.ts';

/** Milliseconds that may go by before what is known by then has to do. */
const patience = 2000;

/** Which libs are in, or out, whatever else is asked for. See docs/solver.md#trying-things-out. */
export async function standingOf(
  {question, catalog}: Answer,
  {stop, now}: {readonly stop: () => boolean; readonly now: () => number},
): Promise<StandingView | undefined> {
  const {openSession} = await import('../../solve/index.ts');
  const names = [...new Set(catalog.libs.filter(({kind}) => kind === 'lib').map(({name}) => name))];
  const [first] = names;
  if (first === undefined) return {forced: {}, complete: true};
  if (stop()) return undefined;
  const session = await openSession(question, names);
  try {
    const end = now() + patience;
    const {pause, ...limit} = patient({now}, () => stop() || now() > end);
    const standing = await session.pickInTurns(first, 'either', {limit, pause});
    if (stop()) return undefined;
    if (standing.kind === 'clash') return {forced: {}, complete: true};
    const forced: Record<LibName, 'in' | 'out'> = Object.fromEntries(standing.forced);
    return {forced, complete: standing.complete};
  } finally {
    session.dispose();
  }
}
