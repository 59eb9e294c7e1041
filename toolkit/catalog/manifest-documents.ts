// SPDX-License-Identifier: BSD-3-Clause

import {markdownReference, schemaFile} from '../base/index.ts';
import {interfaceTable} from './interface-table.ts';
import {libTable} from './lib-table.ts';

/** schema/lib.schema.json. */
export function libSchema(): string {
  return schemaFile(libTable, {file: 'lib.schema.json', title: 'Manifest of a lib'});
}

/** schema/interface.schema.json. */
export function interfaceSchema(): string {
  return schemaFile(interfaceTable, {file: 'interface.schema.json', title: 'Manifest of an interface'});
}

/** docs/manifests.md. */
export function manifestReference(): string {
  const parts = [
    introduction,
    '# lib.yaml\n',
    markdownReference(libTable),
    '\n# interface.yaml\n',
    markdownReference(interfaceTable).replaceAll(/\]\(#(name|version|summary)\)/g, '](#$1-1)'),
  ];
  return `${parts.join('\n')}\n`;
}

const introduction = `# Manifests

A lib is a folder with a \`lib.yaml\`, an interface a folder with an \`interface.yaml\`. Both are YAML, checked as strictly as
the [Kraftfile](kraftfile.md): a key that is not in these tables is a mistake. This page, the JSON Schemas in \`schema/\` and
the checker come from the same tables.

| Folder | Holds |
|---|---|
| \`libs/interfaces/NAME/\` | \`interface.yaml\`, headers in \`include/kraft/\`, a suite of tests in \`conformance/\`, and perhaps a lib in \`fake/\` |
| \`libs/NAME/\` | \`lib.yaml\`, files in \`src/\` (those in \`src/ARCH/\` replace their namesakes), tests in \`test/\` |
| \`platforms/NAME/\` | the same, with the key \`boot\` |
| \`arch/NAME/\` | the same, with the key \`compile\` |

A catalog is made of these folders in the toolkit and in the project. Folders and what is in them have the same name.
Sizes, ranges of versions and paths are written as in a Kraftfile.
`;
