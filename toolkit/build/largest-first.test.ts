// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Fixture, makeFixture} from './fixture/fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await makeFixture();
});
afterEach(() => fixture.host.remove(fixture.folder));

const firstEdge = async (): Promise<string | undefined> =>
  /^build (\S+):/m.exec((await fixture.host.readFile(join(fixture.buildFolder, 'build.ninja'))) ?? '')?.[1];

test('a folder that is new begins with the largest file', async () => {
  const files = {'kit/libs/voice-plain/src/zeal.c': `int zeal;\n/* ${'long '.repeat(2000)} */\n`};
  expect((await fixture.build({files})).printed).toBe('');
  expect(await firstEdge()).toBe('obj/voice-plain/src/zeal.c.o');
});
