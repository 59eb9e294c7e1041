// SPDX-License-Identifier: BSD-3-Clause

/** A JSON Schema, draft 2020-12, as a plain value. */
export type JsonSchema = {readonly [keyword: string]: JsonSchemaValue};
type JsonSchemaValue = string | number | boolean | null | JsonSchema | readonly JsonSchemaValue[];
