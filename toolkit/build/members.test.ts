// SPDX-License-Identifier: BSD-3-Clause
// Of a source of which `reached` is taken, an image has what it reaches, whatever was built before, and no more is compiled.

import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {buildPaths} from './build-paths.ts';
import {readElf} from './elf.ts';
import {findToolchain} from './find-toolchain.ts';
import {fixtureFiles} from './fixture/files.ts';
import {type Built, type Change, type Fixture, makeFixture} from './fixture/fixture.ts';
import {fixtureInput} from './fixture/input.ts';
import {ninjaFile} from './ninja-file.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await makeFixture();
});
afterEach(() => fixture.host.remove(fixture.folder));

const src = 'kit/libs/voice-plain/src';
const voice = fixtureFiles[`${src}/voice.c`] ?? '';

/** A chain of four files, of which the last is wanted only by one that nobody wants; and one that does not compile. */
const chain: Readonly<Record<string, string>> = {
  [`${src}/voice.c`]: voice.replace(
    'kr_raw_write(mark());',
    'extern const char *near(void);\n    kr_raw_write(near());',
  ),
  [`${src}/near.c`]: '#include "far.h"\nconst char *near(void);\nconst char *near(void) { return far(1); }\n',
  [`${src}/far.h`]: '#define far voice_far\nconst char *far(int mark);\n',
  [`${src}/far.c`]: '#include "far.h"\nconst char *far(int mark) { return mark ? "!\\n" : 0; }\n',
  [`${src}/idle.c`]: 'void far_more(void);\nvoid idle(void);\nvoid idle(void) { far_more(); }\n',
  [`${src}/broken.c`]: 'void broken(void) { this is not C; }\n',
};

/** Every file of the lib is a member, but for those that are named. */
const allBut = (...always: readonly string[]): RegExp =>
  new RegExp(`/voice-plain/src/(?!(?:${['-', ...always].join('|')})\\.c)`);

const build = (change: Change = {}): Promise<Built> => fixture.build({members: allBut(), files: chain, ...change});

async function compiled(change: Change = {}): Promise<readonly string[]> {
  const {printed, steps} = await build(change);
  expect(printed).toBe('');
  return steps.flatMap((step) => /^compile voice-plain src\/(.*)\.c$/.exec(step)?.slice(1) ?? []);
}

async function output(): Promise<string> {
  const run = await fixture.host.run(join(fixture.buildFolder, 'lamps.elf'), []);
  return run === 'not-found' ? run : run.stdout;
}

const image = (): Promise<Uint8Array | undefined> => fixture.host.readBytes(join(fixture.buildFolder, 'lamps.elf'));

test('what is reached from file to file is compiled, and nothing else; the image works', async () => {
  expect(await compiled()).toEqual(['far', 'near', 'voice']);
  expect(await output()).toBe('red starts!\nhello!\ngreen!\nred!\n');
});

test('nothing is compiled again, and a change only by itself', async () => {
  await compiled();
  expect((await build()).steps).toEqual([]);
  const far = `${chain[`${src}/far.c`]}/* more */\n`;
  expect(await compiled({files: {...chain, [`${src}/far.c`]: far}})).toEqual(['far']);
});

test('two builds of a folder at once do not hinder each other', async () => {
  const [one, other] = await Promise.all([build(), build()]);
  expect(one.printed + other.printed).toBe('');
  const times = [...one.steps, ...other.steps].filter((step) => step === 'compile voice-plain src/far.c');
  expect(times).toHaveLength(1);
  expect(await output()).toBe('red starts!\nhello!\ngreen!\nred!\n');
});

test('the image does not depend on what was reached before', async () => {
  await compiled();
  const plain = await image();
  const more = {...chain, [`${src}/voice.c`]: voice};
  expect(await compiled({files: more})).toEqual(['mark', 'voice']);
  expect(await output()).toBe('red starts.\nhello.\ngreen.\nred.\n');
  expect(await compiled()).toEqual(['voice']);
  expect(await image()).toEqual(plain);
});

test('a default that is weak stays where nobody reaches the other, as in a library', async () => {
  const files = {
    ...chain,
    [`${src}/near.c`]: 'const char *near(void);\n__attribute__((weak)) const char *near(void) { return "?\\n"; }\n',
    [`${src}/other.c`]: 'const char *near(void);\nconst char *near(void) { return "other\\n"; }\n',
  };
  // Both may define what is wanted: the strong one counts.
  expect(await compiled({files})).toEqual(['near', 'other', 'voice']);
  expect(await output()).toBe('red startsother\nhelloother\ngreenother\nredother\n');
  // By its own file's default alone nobody wants the other.
  const own = `${voice.replace('kr_raw_write(mark());', 'kr_raw_write(near());').replace('static int', '__attribute__((weak)) const char *near(void) { return "~\\n"; }\nstatic int')}`;
  expect(await compiled({files: {...files, [`${src}/voice.c`]: `const char *near(void);\n${own}`}})).toEqual(['voice']);
  expect(await output()).toBe('red starts~\nhello~\ngreen~\nred~\n');
});

test('what only might define a name is compiled, and is not in the image', async () => {
  const files = {
    ...chain,
    [`${src}/idle.c`]: 'int idle(int voice_far);\nint idle(int voice_far) { return voice_far; }\n',
  };
  expect(await compiled({files})).toEqual(['far', 'idle', 'near', 'voice']);
  const map = await fixture.host.readFile(join(fixture.buildFolder, 'lamps.debug.elf.map'));
  expect(map).toContain('.text.voice_far');
  expect(map).not.toContain('idle');
  expect((await build({files})).steps).toEqual([]);
});

test('a name that a macro puts together is found all the same, when all is compiled', async () => {
  const {[`${src}/broken.c`]: _, ...sound} = chain;
  const files = {
    ...sound,
    [`${src}/far.c`]:
      '#define IN(x) voice_##x\nconst char *IN(far)(int mark);\nconst char *IN(far)(int mark) { return mark ? "#\\n" : 0; }\n',
  };
  expect(await compiled({files})).toEqual(['far', 'idle', 'mark', 'near', 'voice']);
  expect(await output()).toBe('red starts#\nhello#\ngreen#\nred#\n');
  expect((await build({files})).steps).toEqual([]);
});

test('what nobody defines is told in the words for it', async () => {
  const {[`${src}/broken.c`]: _, ...sound} = chain;
  const files = {...sound, [`${src}/far.c`]: 'int nothing;\n'};
  const {printed} = await build({files});
  expect(printed).toContain('voice-plain wants voice_far');
  const unpromised = await build({
    files: {...sound, [`${src}/voice.c`]: voice.replaceAll('kr_voice_say', 'kr_voice_tell')},
  });
  expect(unpromised.printed).toContain('voice-plain provides voice, but does not define kr_voice_say');
});

test('a file that is reached and does not compile is told of, once', async () => {
  const {printed, output: said} = await build({
    files: {...chain, [`${src}/far.c`]: '#include "far.h"\nconst char *far(int mark) { return oops; }\n'},
  });
  expect(printed).toContain('src/far.c does not compile.');
  expect(said.match(/'oops' undeclared/g)).toHaveLength(1);
  expect(await compiled()).toEqual(['far']);
});

test('an owner of whom nothing is reached is in the image with nothing', async () => {
  const {printed, plan} = await fixture.build();
  expect(printed).toBe('');
  const actions = plan.actions.map((one) =>
    one.kind === 'combine' && one.owner === 'voice-plain' ? {...one, inputs: [], members: one.inputs} : one,
  );
  const toolchain = await findToolchain(fixture.host, {
    ...{compiler: 'gcc', triple: plan.triple, cacheFolder: join(fixture.folder, 'cache')},
  });
  if (!toolchain.ok) throw new Error('The build machine has a compiler');
  const {places} = fixtureInput({
    kit: join(fixture.folder, 'kit'),
    project: join(fixture.folder, 'project'),
    compiler: 'gcc',
  });
  const paths = buildPaths(places, {folder: fixture.buildFolder, toolchain: toolchain.value, cwd: fixture.folder});
  await fixture.host.writeFile(
    join(fixture.buildFolder, 'build.ninja'),
    ninjaFile({...plan, actions}, {toolchain: toolchain.value, paths}),
  );
  const ninja = await fixture.host.run(toolchain.value.ninja, ['lib/voice-plain.o'], {cwd: fixture.buildFolder});
  expect(ninja).toMatchObject({exitCode: 0});
  for (const name of ['voice-plain.o', 'voice-plain.o.all']) {
    const elf = readElf((await fixture.host.readBytes(join(fixture.buildFolder, 'lib', name))) ?? new Uint8Array());
    expect(elf).toMatchObject({kind: 'relocatable', machine: plan.elfMachine});
    expect(elf?.symbols.filter(({binding}) => binding !== 'local')).toEqual([]);
  }
});

test('another folder takes from the store what it reaches, and adds what it alone does', async () => {
  const start = /int voice_plain_start\(void\);[\s\S]*/.exec(chain[`${src}/voice.c`] ?? '')?.[0] ?? '';
  const split = {
    ...chain,
    [`${src}/voice.c`]: (chain[`${src}/voice.c`] ?? '').replace(start, ''),
    [`${src}/start.c`]: start.replace('started = 1;', ''),
  };
  const red = 'kit/libs/lamp-red/src/red.c';
  const quiet = {
    ...split,
    [red]: (fixtureFiles[red] ?? '').replace(/kr_voice_say\([^;]*;/g, ';'),
    'project/main.c': 'int main(void);\nint main(void) { return 7; }\n',
  };
  expect(await compiled({keep: 'all', files: quiet})).toEqual(['start']);
  await fixture.host.remove(fixture.buildFolder);
  expect(await compiled({keep: 'all', files: split})).toEqual(['far', 'near', 'voice']);
  const made = await image();
  await fixture.host.remove(fixture.buildFolder);
  expect(await compiled({keep: 'all', files: split})).toEqual([]);
  expect(await image()).toEqual(made);
});
