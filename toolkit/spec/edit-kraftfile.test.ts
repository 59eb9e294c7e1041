// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {testGoldens} from '../../test/rig/golden.ts';
import {type Edit, editKraftfile} from './edit-kraftfile.ts';

/** The input: edits as JSON, one a line, an empty line, and the Kraftfile. What comes of it: the lines that change. */
testGoldens(join(import.meta.dirname, 'edit-golden'), (input) => {
  const [head = '', ...rest] = input.split('\n\n');
  const before = rest.join('\n\n');
  const edits = head.split('\n').map((line): Edit => JSON.parse(line));
  return (editKraftfile(before, edits) ?? 'no YAML map\n').trimEnd();
});
