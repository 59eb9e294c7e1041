// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {boot} from './boot.ts';

const hello = join(import.meta.dirname, '..', '..', 'apps', 'hello');
const files = {
  Kraftfile: readFileSync(join(hello, 'Kraftfile'), 'utf8'),
  'hello.c': readFileSync(join(hello, 'hello.c'), 'utf8'),
};

describe('hello', () => {
  test.each(['microvm', 'q35', 'pc'])('greets the world on %s, which has 1 MiB', {timeout: 60_000}, async (machine) => {
    const {folder} = temporaryProject(files);
    expect(await boot(folder, {machine, memory: '1M'})).toEqual({
      console: 'Hello, world!\n',
      outcome: {kind: 'exited', status: 0},
    });
  });

  test('is handed every argument as it stands', {timeout: 60_000}, async () => {
    const {folder} = temporaryProject(files);
    const names = [
      'Ada',
      ' Ada  Lovelace ',
      '100%25 "Ada" \\ \'x\'',
      'Ada\nGrace',
      'Zoë',
      'virtio_mmio.device=512@0xfeb00e00:12',
    ];
    expect((await boot(folder, {args: names})).console).toBe(names.map((name) => `Hello, ${name}!\n`).join(''));
  });

  test('hears what the Kraftfile says where the command line says nothing', {timeout: 60_000}, async () => {
    const {folder} = temporaryProject({...files, Kraftfile: `${files.Kraftfile}cmd: [Ada, Grace Hopper]\n`});
    expect((await boot(folder)).console).toBe('Hello, Ada!\nHello, Grace Hopper!\n');
    expect((await boot(folder, {args: ['Edith']})).console).toBe('Hello, Edith!\n');
  });
});

test('every exit status arrives', {timeout: 60_000}, async () => {
  const source = '#include <stdlib.h>\nint main(int argc, char **argv) { return argc > 1 ? atoi(argv[1]) : 3; }\n';
  const {folder} = temporaryProject({Kraftfile: files.Kraftfile, 'hello.c': source});
  for (const status of [0, 1, 119, 120, 125, 126, 127, 255])
    expect((await boot(folder, {args: [`${status}`]})).outcome).toEqual({kind: 'exited', status});
});

test.each(['gcc', 'clang'] as const)('has what %s calls by itself', {timeout: 60_000}, async (compiler) => {
  const source = [
    '#include <stdio.h>',
    '#include <stdlib.h>',
    'int main(int argc, char **argv)',
    '{',
    '    long own = argc > 1 ? atoi(argv[1]) : 0;',
    '    unsigned __int128 wide = ((unsigned __int128)own << 64) + 12345;',
    '    _Complex double turn = own + 1.0i, twice = turn * turn;',
    '    printf("%lu %lu\\n", (unsigned long)(wide / 1000003), (unsigned long)(wide % 1000003));',
    '    printf("%d %d\\n", (int)__real__ twice, (int)__imag__ twice);',
    '    return 0;',
    '}\n',
  ].join('\n');
  const {folder} = temporaryProject({Kraftfile: files.Kraftfile, 'hello.c': source});
  const wide = (7n << 64n) + 12345n;
  const low = (wide / 1000003n) & ((1n << 64n) - 1n);
  expect(await boot(folder, {compiler, args: ['7']})).toEqual({
    console: `${low} ${wide % 1000003n}\n48 14\n`,
    outcome: {kind: 'exited', status: 0},
  });
});
