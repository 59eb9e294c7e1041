// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {fixtureFiles} from './fixture/files.ts';
import {type Fixture, makeFixture} from './fixture/fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await makeFixture();
});
afterAll(() => fixture.host.remove(fixture.folder));

describe.each(['gcc', 'clang'] as const)('with %s', (compiler) => {
  test('the image boots: libs start in order, drivers are in their table, main gets its arguments', async () => {
    const {result, output, printed} = await fixture.build({compiler});
    expect(output + printed).toBe('');
    const image = join(fixture.buildFolder, 'lamps.elf');
    const run = await fixture.host.run(image, []);
    expect(run).toMatchObject({exitCode: 7, stdout: 'red starts.\nhello.\ngreen.\nred.\n'});
    expect(result.ok && result.value.segments.map(({name, access}) => `${name} ${access}`)).toEqual([
      'text r-x',
      'rodata r--',
      'data rw-',
      'bss rw-',
    ]);
  });

  test('nothing is done twice', async () => {
    expect((await fixture.build({compiler})).steps).toEqual([]);
  });
});

test('image.json says what was built', async () => {
  const {result} = await fixture.build();
  const written: unknown = JSON.parse((await fixture.host.readFile(join(fixture.buildFolder, 'image.json'))) ?? '');
  expect(result.ok && result.value).toEqual(written);
  expect(written).toMatchObject({
    image: 'lamps.elf',
    debug: 'lamps.debug.elf',
    defaultMachine: 'process',
    cmd: ['hello'],
  });
});

test('the parts of the image add up to what is loaded', async () => {
  const {result} = await fixture.build();
  if (!result.ok) throw new Error('does not build');
  const {segments, shares, loaded} = result.value;
  expect(loaded).toBe(segments.reduce((sum, one) => sum + one.memorySize, 0));
  const text = shares.reduce((sum, one) => sum + one.text, 0);
  expect(text).toBeGreaterThan(0);
  expect(text).toBeLessThanOrEqual(segments[0]?.memorySize ?? 0);
  expect(shares.map(({owner}) => owner)).toContain('voice-plain');
});

test('editors find each file where the user has it', async () => {
  await fixture.build();
  const text = await fixture.host.readFile(join(fixture.buildFolder, 'compile_commands.json'));
  const files = (JSON.parse(text ?? '[]') as {file: string}[]).map(({file}) => file);
  expect(files).toContain(join(fixture.folder, 'project/main.c'));
  expect(files).toContain(join(fixture.folder, 'kit/libs/voice-plain/src/voice.c'));
});

test('a compiler error is shown once, with the path that the user knows, and every file is tried', async () => {
  const {output, printed} = await fixture.build({
    files: {'project/main.c': 'int main(void) { return x; }\n', 'kit/libs/lamp-green/src/green.c': 'broken\n'},
  });
  expect(output).toContain("project/main.c:1:25: error: 'x' undeclared");
  expect(output.match(/error: 'x'/g)).toHaveLength(1);
  expect(output).toContain('kit/libs/lamp-green/src/green.c:1:1: error:');
  expect(printed).toBe('error: project/main.c and kit/libs/lamp-green/src/green.c do not compile.');
});

test('an image that did not pass is not left to be booted', async () => {
  const image = join(fixture.buildFolder, 'lamps.elf');
  await fixture.build();
  expect(await fixture.host.facts(image)).toBeDefined();
  await fixture.build({files: {'project/main.c': 'int other(void) { return 0; }\n'}});
  expect(await fixture.host.facts(image)).toBeUndefined();
  expect((await fixture.build()).result.ok).toBe(true);
});

test('a file may be named with blanks and a dollar', async () => {
  const odd = "project/src/it's $5 here.c";
  const {printed, output, steps} = await fixture.build({
    files: {[odd]: 'int more(void);\nint more(void) { return 1; }\n'},
  });
  expect(printed + output).toBe('');
  expect(steps).toContain("compile app src/it's $5 here.c");
});

test('a mistake in a header that many include is shown once', async () => {
  const path = 'kit/libs/interfaces/base/include/kraft/base.h';
  const {output, printed} = await fixture.build({
    files: {[path]: `${fixtureFiles[path] ?? ''}#error stop here\n`},
  });
  expect(output.match(/stop here/g)).toHaveLength(2); // the error and its excerpt
  expect(printed).toMatch(/ and [0-9]+ more files do not compile\.$/);
});

test('a build that is stopped says so', async () => {
  const {printed} = await fixture.build({signal: AbortSignal.abort()});
  expect(printed).toBe('error: The build was stopped.');
});

test('two builds of one folder at once do the work once', async () => {
  const fresh = await makeFixture();
  const [one, other] = await Promise.all([fresh.build(), fresh.build()]);
  expect(one.printed + other.printed).toBe('');
  expect(one.steps.length + other.steps.length).toBe(9 + 6 + 1);
  await fresh.host.remove(fresh.folder);
});
