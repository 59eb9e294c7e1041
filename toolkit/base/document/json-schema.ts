// SPDX-License-Identifier: BSD-3-Clause

import type {Shape} from './shape.ts';

/** A JSON Schema, draft 2020-12, as a plain value. */
export type JsonSchema = {readonly [keyword: string]: JsonSchemaValue};
type JsonSchemaValue = string | number | boolean | null | JsonSchema | readonly JsonSchemaValue[];

/** A whole schema file, for editors that complete and check. */
export function schemaFile(shape: Shape<unknown>, {file, title}: {file: string; title: string}): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://kraft-ts.dev/schema/${file}`,
    title,
    $comment: 'Generated from the table of keys that also checks: npx tsx schema/generate.ts',
    ...shape.schema,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
