// SPDX-License-Identifier: BSD-3-Clause

import {markdownReference, printKeys, schemaFile} from '../base/index.ts';
import {kraftfileTable} from './kraftfile-table.ts';

/** schema/kraftfile.schema.json. */
export function kraftfileSchema(): string {
  return schemaFile(kraftfileTable, {file: 'kraftfile.schema.json', title: 'Kraftfile'});
}

/** The keys of a Kraftfile for `--help`. */
export function kraftfileHelp(): string {
  return printKeys(kraftfileTable);
}

/** docs/kraftfile.md. */
export function kraftfileReference(): string {
  return `${introduction}\n${markdownReference(kraftfileTable)}\n\n${compatibility}`;
}

const introduction = `# The Kraftfile

What goes into an image: the app's files, what they use, and where the image is to run. It is YAML and is called
\`Kraftfile\`, \`Kraftfile.yaml\`, \`Kraftfile.yml\` or \`kraft.yaml\`; two of them in one folder are a mistake.

This page, the JSON Schema in \`schema/kraftfile.schema.json\` and the checker come from one table of keys. An editor with
the YAML language server completes and checks a Kraftfile that begins with this line:

\`\`\`yaml
# yaml-language-server: $schema=node_modules/kraft-ts/schema/kraftfile.schema.json
\`\`\`

[\`Kraftfile.example\`](../Kraftfile.example) has every key once. Keys that begin with \`x-\` are yours and are not looked at.
A key that is not in the table is a mistake. Anchors, aliases and tags of YAML are not used here.

Ranges of versions are npm's: \`^1.2\` is 1.2.0 or later and below 2.0.0, \`~1.2\` below 1.3.0, \`'>=1 <3'\` what it says, and
\`'*'\` any. In YAML, what begins with \`*\`, \`>\` or \`|\` needs quotes. Sizes are written \`512 B\`, \`64 KiB\`, \`2 MiB\` or \`1 GiB\`, or as a
number of bytes. Paths are relative to the folder of the Kraftfile.
`;

const compatibility = `## Coming from KraftKit

\`spec\` (with the value \`v1\`), \`name\`, \`cmd\`, \`env\`, \`labels\`, \`libraries\`, \`rootfs\`, \`volumes\` and \`targets\` keep their names and
meanings. The others have no counterpart, and the message says what to write instead: settings of \`kconfig\` are \`options\` of
the lib that reads them; there is no \`unikraft\` core to configure; an app is compiled from its \`sources\`, so there is no
\`runtime\` or \`template\`.
`;
