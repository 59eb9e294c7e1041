// SPDX-License-Identifier: BSD-3-Clause

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {filesOf} from '../../test/rig/golden.ts';
import {printDiagnostics} from '../base/index.ts';
import {memoryHost} from '../host/index.ts';
import {loadCatalog} from './index.ts';

const pieces = [
  ' ',
  '\n',
  ': ',
  '- ',
  '#',
  '[',
  ']',
  '{',
  '}',
  ',',
  "'",
  '"',
  '&a ',
  '*a',
  '|',
  '!',
  '\t',
  '1',
  'x',
  '__proto__: ',
  'toString: ',
  '---\n',
  'kr_alloc_free',
  '^',
  'name: ',
];

test('whatever becomes of manifests, the catalog answers', async () => {
  const inputs = readdirSync(join(import.meta.dirname, 'golden')).map(
    (name) => readFileSync(join(import.meta.dirname, 'golden', name), 'utf8').split('────')[0] ?? '',
  );
  let state = 3;
  const random = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let round = 0; round < 400; round++) {
    const files: Record<string, string> = {};
    for (const [path, before] of Object.entries(filesOf(inputs[random(inputs.length)] ?? ''))) {
      let text = before;
      for (let change = random(3); change > 0; change--) {
        const at = random(text.length + 1);
        text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + random(5));
      }
      files[`/kit/${path}`] = text;
    }
    const loaded = await loadCatalog(memoryHost({files, cwd: '/kit'}), [{folder: '/kit', origin: 'bundled'}]);
    if (!loaded.ok) expect(printDiagnostics(loaded.error)).not.toBe('');
  }
});
