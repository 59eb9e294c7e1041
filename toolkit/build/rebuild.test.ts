// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {fixtureFiles} from './fixture/files.ts';
import {type Change, type Fixture, makeFixture} from './fixture/fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await makeFixture();
  await fixture.build();
});
afterEach(() => fixture.host.remove(fixture.folder));

const text = (path: string): string => fixtureFiles[path] ?? '';
const relink = ['link lamps'];

const cases: readonly {readonly title: string; readonly change: Change; readonly steps: readonly string[]}[] = [
  {title: 'nothing', change: {}, steps: []},
  {
    title: 'an option: the lib that has it',
    change: {options: {loud: true}},
    steps: ['combine voice-plain', 'compile voice-plain src/mark.c', 'compile voice-plain src/voice.c', ...relink],
  },
  {
    title: 'one file of the app: that file',
    change: {files: {'project/main.c': `${text('project/main.c')}/* more */\n`}},
    steps: ['combine app', 'compile app main.c', ...relink],
  },
  {
    title: 'a header of one lib: the files that include it',
    change: {files: {'kit/libs/voice-plain/src/mark.h': `${text('kit/libs/voice-plain/src/mark.h')}/* more */\n`}},
    steps: ['combine voice-plain', 'compile voice-plain src/mark.c', 'compile voice-plain src/voice.c', ...relink],
  },
  {
    title: "an interface's header: those who need or provide it",
    change: {
      files: {
        'kit/libs/interfaces/lamp/include/kraft/lamp.h': `${text('kit/libs/interfaces/lamp/include/kraft/lamp.h')}/* more */\n`,
      },
    },
    steps: [
      'combine app',
      'combine generated',
      'combine lamp-green',
      'combine lamp-red',
      'compile app main.c',
      'compile generated generated/drivers.c',
      'compile lamp-green src/green.c',
      'compile lamp-red src/red.c',
      ...relink,
    ],
  },
  {
    title: "the app's flags: its files",
    change: {flags: ['-DMORE']},
    steps: ['combine app', 'compile app main.c', ...relink],
  },
];

test.each(cases)('what is built again after a change of $title', async ({change, steps}) => {
  const built = await fixture.build(change);
  expect(built.printed).toBe('');
  expect(built.steps).toEqual(steps);
});

test('a changed option is in the image', async () => {
  await fixture.build({options: {loud: true, greeting: 'I am "lamp": '}});
  const run = await fixture.host.run(join(fixture.buildFolder, 'lamps.elf'), []);
  expect(run).toMatchObject({
    stdout: 'I am "lamp": red starts!\nI am "lamp": hello!\nI am "lamp": green!\nI am "lamp": red!\n',
  });
});

test('what no longer belongs to the plan is removed, and what only an earlier plan made is not linked', async () => {
  const extra = {'project/extra.c': 'int extra;\n'};
  await fixture.build({files: extra});
  const object = join(fixture.buildFolder, 'obj/app/extra.c.o');
  expect(await fixture.host.facts(object)).toBeDefined();
  const {steps} = await fixture.build();
  expect(steps).toEqual(['combine app', ...relink]);
  expect(await fixture.host.facts(object)).toBeUndefined();
});

test('another version of the kit is built from the start, whatever the times of its files', async () => {
  const before = (await fixture.build()).steps;
  expect(before).toEqual([]);
  const {steps} = await fixture.build({files: {'kit/package.json': '{"version": "1.0.1"}\n'}});
  expect(steps.filter((step) => step.startsWith('compile'))).toHaveLength(9);
});

test('another compiler builds everything again, and so does the way back', async () => {
  expect((await fixture.build({compiler: 'clang'})).steps).toHaveLength(9 + 6 + 1);
  expect((await fixture.build({compiler: 'gcc'})).steps).toHaveLength(9 + 6 + 1);
});

test('whatever is asked for first, ninja makes all that it is made of', async () => {
  const {host, buildFolder, build} = fixture;
  const {plan} = await build();
  const outputs = plan.actions.flatMap((one) =>
    one.kind === 'compile' || one.kind === 'combine' || one.kind === 'link' ? [one.output] : [],
  );
  for (const output of outputs.reverse()) {
    for (const made of ['obj', 'lib', 'lamps.elf', 'lamps.debug.elf']) await host.remove(join(buildFolder, made));
    const path = output.replace('$build/', '');
    expect(await host.run('ninja', [path], {cwd: buildFolder})).toMatchObject({exitCode: 0});
    expect(await host.facts(join(buildFolder, path))).toBeDefined();
  }
});
