// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {memoryHost} from '../host/index.ts';
import {callCompiler} from './compile.ts';

const lacking =
  '/usr/bin/ld: cannot find /usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.asan_static-x86_64.a: No such file or directory\n';
const failing = (stderr: string) => memoryHost({programs: {clang: () => ({exitCode: 1, stdout: '', stderr})}});

test('what a compiler lacks is said with the command that installs it', async () => {
  await expect(callCompiler(memoryHost({}), 'clang++', [])).rejects.toThrow(
    /^clang\+\+ is not installed\. Run: sudo apt-get install clang\n$/,
  );
  await expect(callCompiler(failing(lacking), 'clang', [])).rejects.toThrow(
    /^clang has no libraries for its sanitizers\. Run: sudo apt-get install libclang-rt-dev\n$/,
  );
  await expect(callCompiler(failing('one.c:1: error\n'), 'clang', [])).rejects.toThrow(/^one\.c:1: error\n$/);
});
