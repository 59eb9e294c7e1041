// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {memoryHost} from '../host/index.ts';
import {diskFull} from './failures.ts';
import {runNinja} from './run-ninja.ts';

test.each([
  '/tmp/cc1.s: Assembler messages:\n/tmp/cc1.s: Fatal error: obj/app/main.c.o: No space left on device\n',
  'main.c:3:1: fatal error: error writing to /tmp/cc1.s: No space left on device\n    3 | }\n',
  "error: unable to open output file 'obj/app/main.c.o': 'No space left on device'\n1 error generated.\n",
  'ld: final link failed: No space left on device\n',
  'main.c:1:1: fatal error: opening dependency file obj/main.c.o.d: Disk quota exceeded\n',
])('%j is said of the disk', (text) => {
  expect(diskFull([{text: 'main.c:1:2: error: stop\n'}, {text}])).toMatchObject({
    message: 'The disk is full: what was compiled cannot be written.',
  });
});

test('a program may speak of a full disk', () => {
  const text = 'main.c:1:2: error: #error No space left on device\n    1 | #error No space left on device\n';
  expect(diskFull([{text}])).toBeUndefined();
});

test('a disk that is too full for ninja is no mistake of ours', async () => {
  const host = memoryHost({
    programs: {ninja: () => ({exitCode: 1, stderr: 'ninja: error: opening build log: No space left on device\n'})},
  });
  const run = runNinja(host, {toolchain: {ninja: 'ninja'}, folder: '/b', onProgress() {}, onStep() {}});
  await expect(run).rejects.toMatchObject({name: 'HostError', message: 'The disk is full: /b.'});
});
