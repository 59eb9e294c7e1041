// SPDX-License-Identifier: BSD-3-Clause

import type {Lib, Source} from '../catalog/index.ts';
import type {GenerateAction} from './action.ts';
import type {Planning} from './plan.ts';

/** Where an unpacked source lies. */
export function storeFolder({sha256}: Pick<Source, 'sha256'>): string {
  return `$store/${sha256}`;
}

/** Folders whose headers the users of a lib's open interfaces see of its sources: as unpacked, and those made. */
export function offeredFolders({name, sources}: Lib): readonly string[] {
  return sources.flatMap((source) => [
    ...(source.headers.length === 0 ? [] : [madeFolder(name, source)]),
    ...source.offer.map((inner) => `${storeFolder(source)}/${inner}`),
  ]);
}

/** Every file that a lib's headers are made of, as `$store/…`. */
export function headerInputs({sources}: Lib): readonly string[] {
  const inputs = sources.flatMap((source) =>
    source.headers.flatMap(({from}) => from.map((file) => `${storeFolder(source)}/${file}`)),
  );
  return [...new Set(inputs)].sort();
}

/** The headers that upstream's own build would make. */
export function madeHeaders({name, sources}: Lib, {texts}: Pick<Planning, 'texts'>): readonly GenerateAction[] {
  return sources.flatMap((source) =>
    source.headers.map((header): GenerateAction => {
      const parts = header.from.map((file) => textOf(`${storeFolder(source)}/${file}`, texts));
      const made = header.replace.reduce(
        (text, one) => text.replace(new RegExp(one.pattern, 'gmu'), one.with),
        parts.join(''),
      );
      return {
        kind: 'generate',
        output: `${madeFolder(name, source)}/${header.name}`,
        content: made,
        because: `${source.name} makes it when it is built`,
      };
    }),
  );
}

function madeFolder(lib: string, source: Source): string {
  return `$build/generated/${lib}/${source.name}`;
}

function textOf(path: string, texts: Planning['texts']): string {
  const text = texts?.get(path);
  if (text === undefined) throw new Error(`Internal error: the text of ${path} is not known`);
  return text;
}
