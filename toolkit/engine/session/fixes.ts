// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, quote, textAt} from '../../base/index.ts';
import type {Catalog} from '../../catalog/index.ts';
import type {Engine} from '../engine.ts';
import {shown} from '../project.ts';

/** A change of a text that has mistakes, after which it has fewer. */
export interface Fix {
  readonly text: string;
  /** The whole text, mended. */
  readonly after: string;
  /** Mistakes that are left then. */
  readonly left: number;
}

interface File {
  readonly path: string;
  readonly text: string;
  readonly catalog: Catalog;
}

/** Ways out of mistakes, each tried: the mildest first. */
export async function fixesFor(engine: Engine, file: File): Promise<readonly Fix[]> {
  const {takeAt} = await import('../../spec/index.ts');
  const wrong = await mistakesIn(engine, file);
  const tried = new Set([file.text]);
  const fixes: Fix[] = [];
  for (const diagnostic of wrong) {
    const {at} = diagnostic;
    if (at === undefined || at.source.text !== file.text) continue;
    const better = suggestionOf(diagnostic);
    const candidates = [
      ...(better === undefined
        ? []
        : [
            {
              text: `Write ${quote(better)} instead of ${quote(textAt(at))}.`,
              after: file.text.slice(0, at.offset) + better + file.text.slice(at.offset + at.length),
            },
          ]),
      ...takeAt(file.text, at.offset).map(({name, text}) => ({text: `Take out ${quote(name)}.`, after: text})),
    ];
    for (const {text, after} of candidates) {
      if (tried.has(after)) continue;
      tried.add(after);
      const left = (await mistakesIn(engine, {...file, text: after})).length;
      if (left >= wrong.length) continue;
      fixes.push({text, after, left});
      // What takes away more than it must is no better.
      if (text.startsWith('Take out')) break;
    }
  }
  return fixes;
}

/** A word that a message offers in the place of the one that it is about. */
function suggestionOf({help}: Diagnostic): string | undefined {
  return /^(?:Did you mean "([^"]+)"\?|Write ([^ ]+)\.)$/
    .exec(help ?? '')
    ?.slice(1)
    .find((word) => word !== undefined);
}

async function mistakesIn(engine: Engine, {path, text, catalog}: File): Promise<readonly Diagnostic[]> {
  const [{parseKraftfile}, {checkSpec}] = await Promise.all([
    import('../../spec/index.ts'),
    import('../../catalog/index.ts'),
  ]);
  const checked = parseKraftfile({path: shown(engine, path), text}, path);
  const spec = checked.ok ? checked.value : checked.rest;
  const misfits = spec === undefined ? [] : checkSpec(spec, catalog);
  return [...(checked.ok ? [] : checked.error), ...misfits].filter(({severity}) => severity === 'error');
}
