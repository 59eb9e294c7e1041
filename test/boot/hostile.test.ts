// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';

const kit = join(import.meta.dirname, '..', '..');
const interfaces = join(kit, 'libs', 'interfaces');
const platform = join(kit, 'platforms', 'kvm', 'src', 'x86_64');

const sources = [
  join(import.meta.dirname, 'hostile', 'start-info.c'),
  ...['start-info.c', 'ranges.c', 'command-line.c'].map((name) => join(platform, name)),
  ...['conformance.c', 'panic.c'].map((name) => join(kit, 'libs', 'conformance-tap', 'src', name)),
  join(kit, 'libs', 'print-text', 'src', 'into.c'),
  join(kit, 'libs', 'print-text', 'src', 'format.c'),
  join(kit, 'libs', 'print-text', 'src', 'print.c'),
  join(kit, 'libs', 'interfaces', 'console', 'hosted', 'console.c'),
];
const host = `#include <kraft/boot.h>
#include <stdio.h>
#include <stdlib.h>
int suite_main(int argc, char **argv);
void kr_boot_abort(void) { _Exit(70); }
int main(int argc, char **argv) { return suite_main(argc, argv); }
`;

test.each(['gcc', 'clang'])('a hostile boot loader gets nowhere, under %s', {timeout: 60_000}, (compiler) => {
  const project = temporaryProject({'host.c': host});
  mkdirSync(join(project.folder, 'out'));
  const program = join(project.folder, 'out', 'program');
  const includes = readdirSync(interfaces).flatMap((name) => ['-I', join(interfaces, name, 'include')]);
  const image = ['start=0x20000000', 'end=0x20100000'].map((symbol) => `-Wl,--defsym=kr_image_${symbol}`);
  const flags = ['-std=gnu17', '-g', '-O1', '-fno-pie', '-fsanitize=address,undefined', '-D_GNU_SOURCE'];
  const all = ['-no-pie', ...flags, ...includes, '-fno-sanitize-recover=all', ...image, '-o', program];
  const objects = sources.map((file, index) => {
    const object = join(project.folder, 'out', `${index}.o`);
    const renamed = index === 0 ? ['-Dmain=suite_main'] : [];
    execFileSync(compiler, [...flags, ...includes, ...renamed, '-c', file, '-o', object]);
    return object;
  });
  execFileSync(compiler, [...all, ...objects, join(project.folder, 'host.c')]);
  const output = execFileSync(program, {encoding: 'utf8', env: {ASAN_OPTIONS: 'detect_leaks=0'}});
  expect(output.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([]);
  expect(output).toMatch(/^1\.\.12$/m);
});
