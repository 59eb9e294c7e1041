// SPDX-License-Identifier: BSD-3-Clause
// Writes what is generated from the tables of keys: npx tsx schema/generate.ts

import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {interfaceSchema, libSchema, manifestReference} from '../toolkit/catalog/index.ts';
import {kraftfileReference, kraftfileSchema} from '../toolkit/spec/index.ts';

const files = {
  'schema/kraftfile.schema.json': kraftfileSchema(),
  'schema/lib.schema.json': libSchema(),
  'schema/interface.schema.json': interfaceSchema(),
  'docs/kraftfile.md': kraftfileReference(),
  'docs/manifests.md': manifestReference(),
};

for (const [path, content] of Object.entries(files)) {
  writeFileSync(join(import.meta.dirname, '..', path), content);
}
