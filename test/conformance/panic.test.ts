// SPDX-License-Identifier: BSD-3-Clause
// What every provider of panic owes: each panic ends its instance, so each is a run of its own.

import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {boot} from '../boot/boot.ts';
import {closeBench, kit, openBench} from './bench.ts';

/** Builds and boots share the cores with other tests. */
vi.setConfig({testTimeout: 120_000, hookTimeout: 120_000});

const bench = await openBench();
afterAll(() => closeBench(bench));

const suite = join(kit, 'libs/interfaces/panic/conformance/scenes/panic.c');

/** There to be small. */
const silent: readonly string[] = ['panic-halt'];

const providers = bench.catalog.libs
  .filter((lib) => !lib.onlyByName && lib.provides.some((each) => each.interface === 'panic'))
  .map((lib) => lib.name);

const frame = String.raw`(?:  at [^\n]+\n)`;

/** The scene, and the console from the panic on, where a provider prints. */
const scenes: readonly (readonly [string, RegExp])[] = [
  ['words', new RegExp(`^panic: suite: on purpose, -1 of 7\n  at inner .*\n  at outer .*\n  at main .*\n${frame}*$`)],
  ['long', new RegExp(`^panic: suite: 0{200}, and an end\n  at inner .*\n${frame}*$`)],
  ['interrupted', /^panic: suite: at a place\n {2}at inner .*\n$/],
  ['broken', /^panic: suite: a broken stack\n {2}at inner .*\n$/],
  ['smashed', new RegExp(`^panic: stack: smashed\n  at __stack_chk_fail .*\n  at inner .*\n  at outer .*\n${frame}*$`)],
];

describe.each(['kvm', 'linuxu'])('on %s', (platform) => {
  describe.each(providers)('%s', (provider) => {
    const folder = join(bench.folder, `${platform}-${provider}`);
    beforeAll(async () => {
      await bench.host.copyFile(suite, join(folder, 'suite.c'));
      await bench.host.writeFile(
        join(folder, 'Kraftfile'),
        `spec: v1\nname: panics\nneeds: [panic, print]\nchoose: {panic: ${provider}}\ntargets: [${platform}/x86_64]\n`,
      );
    });

    test.each(scenes)('%s', async (scene, report) => {
      const {console, outcome} = await boot(folder, {plat: platform, args: [scene]});
      // A process that says nothing has only its status to tell by.
      const mute = platform === 'linuxu' && silent.includes(provider);
      expect(outcome).toEqual(mute ? {kind: 'exited', status: 70} : {kind: 'panicked'});
      expect(console).toMatch(/^before\n/);
      const said = console.slice('before\n'.length);
      if (silent.includes(provider)) expect(said).toBe('');
      else expect(said).toMatch(report);
    });

    test('without one, the instance goes on', async () => {
      const {console, outcome} = await boot(folder, {plat: platform});
      expect({console, outcome}).toEqual({console: 'before\nouter goes on\n', outcome: {kind: 'exited', status: 0}});
    });
  });
});

test('there are two providers at least', () => {
  expect(providers).toEqual(expect.arrayContaining(['panic-report', 'panic-halt']));
});
