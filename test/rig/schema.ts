// SPDX-License-Identifier: BSD-3-Clause

import {Ajv2020} from 'ajv/dist/2020.js';
import {parse} from 'yaml';

/** What a JSON Schema says of a YAML text, as an editor would. */
export function schemaChecker(schema: string): (text: string) => boolean {
  const ajv = new Ajv2020({strictSchema: true, strictTypes: true, allowUnionTypes: true, allErrors: true});
  const validate = ajv.compile(JSON.parse(schema));
  return (text) => validate(parse(text, {uniqueKeys: false}));
}
