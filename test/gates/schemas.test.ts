// SPDX-License-Identifier: BSD-3-Clause

import {Ajv2020, type AnySchema} from 'ajv/dist/2020.js';
import {expect, test} from 'vitest';
import {parseDocument} from 'yaml';
import {interfaceSchema, libSchema, manifestReference} from '../../toolkit/catalog/index.ts';
import {kraftfileReference, kraftfileSchema} from '../../toolkit/spec/index.ts';
import {readRepositoryFile, repositoryFiles} from '../rig/repository.ts';

const made = [
  ['schema/kraftfile.schema.json', kraftfileSchema],
  ['schema/lib.schema.json', libSchema],
  ['schema/interface.schema.json', interfaceSchema],
  ['docs/kraftfile.md', kraftfileReference],
  ['docs/manifests.md', manifestReference],
] as const;

test.each(made)('%s is what `npx tsx schema/generate.ts` writes', (file, make) => {
  expect(readRepositoryFile(file)).toBe(make());
});

const kinds = [
  {schema: 'schema/kraftfile.schema.json', files: /(^|\/)Kraftfile(\.example)?$/},
  {schema: 'schema/lib.schema.json', files: /\/lib\.yaml$/},
  {schema: 'schema/interface.schema.json', files: /\/interface\.yaml$/},
] as const;

test.each(kinds)('an editor with $schema finds nothing wrong with our own files', ({schema, files}) => {
  const validate = new Ajv2020({allErrors: true, strict: false}).compile(schemaOf(schema));
  const found = repositoryFiles().filter((file) => files.test(file) && !/^test\/|golden/.test(file));
  expect(found.length).toBeGreaterThan(0);
  for (const file of found) {
    const valid = validate(parseDocument(readRepositoryFile(file)).toJS());
    expect({file, errors: valid ? [] : validate.errors}).toEqual({file, errors: []});
  }
});

function schemaOf(file: string): AnySchema {
  return JSON.parse(readRepositoryFile(file));
}
