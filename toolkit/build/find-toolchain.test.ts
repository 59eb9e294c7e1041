// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {printDiagnostics} from '../base/index.ts';
import {type MemoryHost, type MemoryProgram, memoryHost} from '../host/index.ts';
import {findToolchain} from './find-toolchain.ts';

const silent: MemoryProgram = () => 0;

const gcc =
  (machine: string): MemoryProgram =>
  ({args}) => {
    const answers: Readonly<Record<string, string>> = {
      '--version': 'gcc (Debian) 12.2.0\nmore\n',
      '-dumpmachine': `${machine}\n`,
      '-print-file-name=include': '/usr/lib/gcc/12/include\n',
      '-print-libgcc-file-name': '/usr/lib/gcc/12/libgcc.a\n',
    };
    return {exitCode: 0, stdout: answers[args[0] ?? ''] ?? ''};
  };

const clang: MemoryProgram = ({args}) => ({
  exitCode: 0,
  stdout: args[0] === '--version' ? 'clang version 14\n' : '/usr/lib/clang/14\n',
});

const find = (host: MemoryHost, compiler: 'gcc' | 'clang' = 'gcc') =>
  findToolchain(host, {compiler, triple: 'x86_64-linux-gnu', cacheFolder: '/cache'});

const all = {gcc: gcc('x86_64-linux-gnu'), clang, ld: silent, objcopy: silent, ninja: silent};

const printed = async (programs: Readonly<Record<string, MemoryProgram>>, compiler: 'gcc' | 'clang' = 'gcc') => {
  const result = await find(memoryHost({programs}), compiler);
  return result.ok ? 'found' : printDiagnostics(result.error);
};

const without = (...names: readonly string[]) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));

test.each([
  {
    title: 'gcc',
    programs: without('gcc'),
    message: 'error: Building an image needs gcc, which is not installed.\n  help: Run: sudo apt-get install gcc',
  },
  {
    title: 'ninja',
    programs: without('ninja'),
    message:
      'error: Building an image needs ninja, which is not installed.\n  help: Run: sudo apt-get install ninja-build',
  },
  {
    title: 'the linker',
    programs: without('ld'),
    message:
      'error: Building an image needs ld and objcopy, which are not installed.\n  help: Run: sudo apt-get install binutils',
  },
  {
    title: 'everything',
    programs: {},
    message:
      'error: Building an image needs gcc, ld and objcopy and ninja, which are not installed.\n  help: Run: sudo apt-get install gcc binutils ninja-build',
  },
  {
    title: 'a compiler for the arch',
    programs: {...all, gcc: gcc('aarch64-linux-gnu')},
    message:
      'error: /usr/bin/gcc compiles for aarch64-linux-gnu, but the image is for x86_64-linux-gnu.\n  help: Run: sudo apt-get install gcc-x86-64-linux-gnu',
  },
])('says that $title is missing, and how to install it', async ({programs, message}) => {
  expect(await printed(programs)).toBe(message);
});

test('clang is looked for by its name', async () => {
  expect(await printed(without('clang'), 'clang')).toContain('apt-get install clang');
  expect(await printed(without('gcc'), 'clang')).toBe('found');
});

test('a cross compiler is preferred, and its programs with it', async () => {
  const programs = {...all, 'x86_64-linux-gnu-gcc': gcc('x86_64-linux-gnu'), 'x86_64-linux-gnu-ld': silent};
  const result = await find(memoryHost({programs, files: {'/usr/lib/gcc/12/libgcc.a': ''}}));
  expect(result.ok && result.value).toEqual({
    compiler: 'gcc',
    cc: '/usr/bin/x86_64-linux-gnu-gcc',
    ld: '/usr/bin/x86_64-linux-gnu-ld',
    objcopy: '/usr/bin/objcopy',
    ninja: '/usr/bin/ninja',
    version: 'gcc (Debian) 12.2.0',
    include: '/usr/lib/gcc/12/include',
    runtime: '/usr/lib/gcc/12/libgcc.a',
  });
});

test('the compiler is asked once, and again when it has changed', async () => {
  const host = memoryHost({programs: all});
  await find(host);
  const asked = host.calls.length;
  expect(asked).toBe(4);
  await find(host);
  expect(host.calls).toHaveLength(asked);
  await host.sleep(1000);
  await host.writeFile('/usr/bin/gcc', 'another compiler');
  await find(host);
  expect(host.calls.length).toBeGreaterThan(asked);
});

test('an unreadable answer of the past is asked for again', async () => {
  const host = memoryHost({programs: all, files: {'/cache/toolchain-gcc-x86_64-linux-gnu.json': '{"key": 1'}});
  expect((await find(host)).ok).toBe(true);
});
