// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {printDiagnostics} from '../../toolkit/base/index.ts';
import {checkSpec, loadCatalog} from '../../toolkit/catalog/index.ts';
import {nodeHost} from '../../toolkit/host/index.ts';
import {parseKraftfile} from '../../toolkit/spec/index.ts';

test('Kraftfile.example speaks of what is in the bundled catalog', async () => {
  const kit = join(import.meta.dirname, '../..');
  const path = join(kit, 'Kraftfile.example');
  const spec = parseKraftfile({path: 'Kraftfile.example', text: readFileSync(path, 'utf8')}, path);
  const catalog = await loadCatalog(nodeHost(), [{folder: kit, origin: 'bundled'}]);
  if (!spec.ok || !catalog.ok)
    throw new Error(printDiagnostics([...(spec.ok ? [] : spec.error), ...(catalog.ok ? [] : catalog.error)]));
  const wrong = checkSpec(spec.value, catalog.value).filter(({severity}) => severity === 'error');
  expect(printDiagnostics(wrong)).toBe('');
});
