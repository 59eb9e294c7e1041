// SPDX-License-Identifier: BSD-3-Clause

import {type Session, unreachable} from '../../toolkit/engine.ts';
import {type CatalogIndex, draftIndex} from '../model/catalog-index.ts';
import type {Action} from '../model/reduce.ts';
import type {Want} from '../model/wants.ts';

/** Asks the engine for what a state wants; undefined where there is nothing to tell of it. */
export async function pursue(session: Session, want: Want): Promise<Action | undefined> {
  switch (want.kind) {
    case 'catalog': {
      return {type: 'catalog', catalog: await readCatalog(session)};
    }
    case 'examine':
      return {type: 'examined', reading: await session.examine(want.text)};
    case 'attempt': {
      const {text, saved, wanted} = want;
      return {type: 'attempted', wanted, attempt: await session.attempt({text, saved, step: wanted.step})};
    }
    case 'standing': {
      const {text, target} = want;
      const standing = await session.standing({text, target});
      return standing === undefined ? undefined : {type: 'standing', text, target, standing};
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

/** Part by part, with room for keys between them. Mistakes of manifests are those of every reading, and told there. */
async function readCatalog(session: Session): Promise<CatalogIndex> {
  const draft = draftIndex();
  for (let from = 0, left = 1; left > 0; ) {
    const part = await session.catalog(from);
    if (!part.ok) break;
    draft.add(part.value);
    from += part.value.libs.length;
    left = part.value.left;
  }
  return draft.index();
}
