// SPDX-License-Identifier: BSD-3-Clause
// Two versions of a lib or an interface, compared on the command line.

import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {repository} from '../rig/repository.ts';
import {runTool} from '../rig/tool.ts';

const manifest = (version: string): string =>
  `name: bell\nversion: ${version}\nsummary: Rings.\ncardinality: one\nsymbols: [kr_bell_ring]\nuses: [sched]\n`;
const header = (parameter: string): string =>
  `#include <kraft/sched.h>\n\n/* Rings. */\nint kr_bell_ring(${parameter});\n`;

test('a breaking change asks for a major bump, and is named with its place', async () => {
  const {folder} = temporaryProject({
    'old/interface.yaml': manifest('1.0.0'),
    'old/include/kraft/bell.h': header('int times'),
    'new/interface.yaml': manifest('1.1.0'),
    'new/include/kraft/bell.h': header('long times'),
  });
  const result = await runTool(['lib', 'compare', 'old', 'new'], folder);
  const place = `${folder}/new/include/kraft/bell.h:4:5`;
  const what = 'kr_bell_ring is declared as `int kr_bell_ring(long)`, and was `int kr_bell_ring(int)`';
  expect(result).toEqual({
    status: 1,
    out: `bell 1.0.0 → 1.1.0: a major change\n  major  ${what} (${place})\n`,
    error: `${place}: error: bell 1.1.0 is a major change from 1.0.0: ${what}.
  4 | int kr_bell_ring(long times);
    |     ~~~~~~~~~~~~
  help: Make it version 2.0.0, or take the change back.
`,
  });
});

test('a manifest that needs more does too, whatever the header says', async () => {
  const lib = (version: string, needs: string): string =>
    `name: bell-loud\nversion: ${version}\nsummary: Rings.\nlicense: MIT\nneeds: {${needs}}\n`;
  const {folder} = temporaryProject({
    'old/lib.yaml': lib('1.0.0', 'mem: ^1'),
    'new/lib.yaml': lib('2.0.0', 'mem: ^1, alloc: ^1'),
  });
  const {status, out} = await runTool(['lib', 'compare', 'old', 'new', '--json'], folder);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual({
    kind: 'lib',
    name: 'bell-loud',
    before: '1.0.0',
    after: '2.0.0',
    changes: [
      {
        bump: 'major',
        message: 'it needs alloc ^1, and did not',
        at: expect.objectContaining({line: 5, column: 18}),
      },
    ],
    needs: 'major',
    least: '2.0.0',
    enough: true,
  });
});

test.each(['gcc', 'clang'])(
  'every interface of the kit with %s is what it is',
  {timeout: 120_000},
  async (compiler) => {
    for (const one of ['libs/interfaces/netdev', 'libs/interfaces/vfs', 'libs/libc-musl']) {
      const folder = path.join(repository, one);
      const {status, out, error} = await runTool(['lib', 'compare', folder, folder, '--compiler', compiler], '/');
      expect({status, out, error}).toEqual({
        status: 0,
        out: expect.stringMatching(/^[\w-]+ (\S+) → \1: nothing that others see has changed\n$/),
        error: '',
      });
    }
  },
);

test.each([
  [
    'two names',
    {'old/interface.yaml': manifest('1.0.0'), 'new/interface.yaml': manifest('1.0.0').replace('bell', 'gong')},
    `new/interface.yaml:1:7: error: Expected two versions of one lib or interface, but was the interface "bell" and the interface "gong".
  1 | name: gong
    |       ~~~~
  note: The older version is this. (old/interface.yaml:1:7)
  1 | name: bell
    |       ~~~~
`,
  ],
  ['no folder', {'old/interface.yaml': manifest('1.0.0')}, 'error: There is no folder new.\n'],
  [
    'no manifest',
    {'old/interface.yaml': manifest('1.0.0'), 'new/README.md': ''},
    'error: The folder "new" has neither a lib.yaml nor an interface.yaml.\n',
  ],
  [
    'two manifests',
    {'old/interface.yaml': '', 'old/lib.yaml': '', 'new/README.md': ''},
    'error: The folder old has a lib.yaml and an interface.yaml.\n  help: Give each a folder of its own.\n\nerror: The folder "new" has neither a lib.yaml nor an interface.yaml.\n\n2 errors.\n',
  ],
])('%s', async (_, files, message) => {
  const {folder} = temporaryProject(files);
  const {status, out, error} = await runTool(['lib', 'compare', 'old', 'new'], folder);
  expect({status, out, error: error.replaceAll(`${folder}/`, '')}).toEqual({status: 1, out: '', error: message});
});
