// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {printDiagnostics} from '../base/index.ts';
import {type MemoryProgram, memoryHost} from '../host/index.ts';
import {findCxx} from './find-cxx.ts';
import {findRust} from './find-rust.ts';

const search = `ignoring nonexistent directory "/none"
#include "..." search starts here:
#include <...> search starts here:
 /usr/include/c++/12
 /usr/include/cpu/c++/12
 /usr/include/c++/12/backward
 /usr/lib/gcc/cpu/12/include
 /usr/include
End of search list.
`;

const compiler: MemoryProgram = ({args}) =>
  args.includes('--version') ? {exitCode: 0, stdout: 'g++ 12.2\nmore\n'} : {exitCode: 0, stderr: search};

const cxx = (programs: Readonly<Record<string, MemoryProgram>>, name: 'gcc' | 'clang' = 'gcc') =>
  findCxx(memoryHost({programs}), {compiler: name, triple: 'cpu-linux', cacheFolder: '/cache'});

test.each(['g++', 'cpu-linux-g++'])('the folders of the C++ library are those that %s says', async (name) => {
  const found = await cxx({[name]: compiler});
  expect(found).toEqual({
    ok: true,
    value: {
      program: `/usr/bin/${name}`,
      version: 'g++ 12.2',
      include: ['/usr/include/c++/12', '/usr/include/cpu/c++/12'],
    },
  });
});

test.each([
  [
    'gcc',
    'error: Building an image with C++ in it needs g++, which is not installed.\n  help: Run: sudo apt-get install g++',
  ],
  [
    'clang',
    'error: Building an image with C++ in it needs clang++, which is not installed.\n  help: Run: sudo apt-get install clang',
  ],
] as const)('without the one that belongs to %s, a sentence', async (name, message) => {
  const found = await cxx({}, name);
  expect(found.ok ? '' : printDiagnostics(found.error)).toBe(message);
});

test('what does not answer as a C++ compiler is told', async () => {
  const found = await cxx({'g++': () => 1});
  expect(found.ok ? '' : printDiagnostics(found.error)).toBe(
    'error: /usr/bin/g++ does not answer as a C++ compiler does.',
  );
});

const rustc: MemoryProgram = ({args}) => {
  if (args.includes('--version')) return {exitCode: 0, stdout: 'rustc 1.63.0\n'};
  return args.includes('cpu-linux') ? {exitCode: 0, stdout: '/rust/lib\n'} : 1;
};

test.each<readonly [string, Readonly<Record<string, MemoryProgram>>, Readonly<Record<string, string>>, string, string]>(
  [
    [
      'no rustc',
      {},
      {},
      'cpu-linux',
      'error: Building an image with Rust in it needs rustc, which is not installed.\n  help: Run: sudo apt-get install rustc; or see https://rustup.rs.',
    ],
    ['no such target', {rustc}, {}, 'gpu', 'error: /usr/bin/rustc does not know the target gpu.'],
    [
      'no core library for the target',
      {rustc},
      {},
      'cpu-linux',
      'error: /usr/bin/rustc has no core library for cpu-linux.\n  help: Run: rustup target add cpu-linux',
    ],
    ['all there', {rustc}, {'/rust/lib/libcore-1.rlib': ''}, 'cpu-linux', ''],
  ],
)('Rust: %s', async (_, programs, files, target, message) => {
  const found = await findRust(memoryHost({programs, files}), target);
  expect(found.ok ? '' : printDiagnostics(found.error)).toBe(message);
});
