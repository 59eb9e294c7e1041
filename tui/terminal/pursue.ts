// SPDX-License-Identifier: BSD-3-Clause

import {type Session, unreachable} from '../../toolkit/engine.ts';
import type {Action} from '../model/reduce.ts';
import type {Want} from '../model/wants.ts';

/** Asks the engine for what a state wants; undefined where there is nothing to tell of it. */
export async function pursue(session: Session, want: Want): Promise<Action | undefined> {
  switch (want.kind) {
    case 'catalog': {
      const catalog = await session.catalog();
      // Its mistakes are those of every reading too.
      return {type: 'catalog', catalog: catalog.ok ? catalog.value : {interfaces: [], libs: []}};
    }
    case 'examine':
      return {type: 'examined', reading: await session.examine(want.text)};
    case 'attempt': {
      const {text, saved, wanted} = want;
      return {type: 'attempted', wanted, attempt: await session.attempt({text, saved, step: wanted.step})};
    }
    case 'standing': {
      const {text, target} = want;
      return {type: 'standing', text, target, standing: await session.standing({text, target})};
    }
    case 'why': {
      const {text, target, name} = want;
      return {type: 'explained', name, explanation: await session.why({text, target, name})};
    }
    case 'clash':
      return {type: 'clash', text: want.text, clash: await session.clash(want.text)};
    case 'fixes':
      return {type: 'fixes', text: want.text, fixes: await session.fixes(want.text)};
    case 'save':
      return {type: 'saved', text: want.text, result: await session.save({text: want.text, over: want.over})};
    case 'build':
      return {type: 'built', result: await session.build(want.target)};
    case 'stop-build':
      await session.stopBuild();
      return undefined;
    default:
      return unreachable(want);
  }
}
