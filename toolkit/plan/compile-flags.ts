// SPDX-License-Identifier: BSD-3-Clause

import type {Language} from '../base/index.ts';
import type {ImageLibs} from './image-libs.ts';

/** Who wrote a file decides how strictly it is read. */
export type Author = 'lib' | 'app' | 'third-party';

const common = [
  '-O2',
  '-g',
  '-ffreestanding',
  '-nostdinc',
  '-fno-common',
  '-fno-omit-frame-pointer',
  '-fno-asynchronous-unwind-tables',
  '-ffunction-sections',
  '-fdata-sections',
  '-fstack-protector-strong',
];

/** What C17 no longer allows, and compilers still let pass. */
const mistakes = ['-Werror=implicit-function-declaration', '-Werror=implicit-int', '-Werror=int-conversion'];

const strict = [
  '-Wall',
  '-Wextra',
  '-Wshadow',
  '-Wpointer-arith',
  '-Wcast-qual',
  '-Wwrite-strings',
  '-Wstrict-prototypes',
  '-Wmissing-prototypes',
  '-Wundef',
  '-Wvla',
];

const byAuthor: Readonly<Record<Author, readonly string[]>> = {
  // Beneath the app no vector register is touched, so an interrupt need not save any.
  lib: ['-mgeneral-regs-only', ...strict, ...mistakes],
  app: ['-Wall', '-Wextra', ...mistakes],
  'third-party': [],
};

/** C++ without what needs tables or a library of its own at run time. */
const cxx = ['-std=gnu++20', '-fno-exceptions', '-fno-rtti'];

/** What gcc says of C alone. */
const onlyOfC = new Set([...mistakes, '-Wstrict-prototypes', '-Wmissing-prototypes']);

/** Flags of every compiler for a file: the project's, the arch's, the platform's, then the file's own. */
export function compileFlags(
  image: ImageLibs,
  {author, language, own}: {author: Author; language: Exclude<Language, 'rust'>; own: readonly string[]},
): readonly string[] {
  const machine = [...(image.arch.lib.compile?.flags ?? []), ...(image.platform.lib.boot?.compileFlags ?? [])];
  if (language === 'assembly') return ['-g', '-nostdinc', ...machine, ...own];
  if (language === 'c++') {
    const general = common.filter((flag) => !machine.includes(flag));
    const cs = (flag: string): boolean => flag.startsWith('-std=') || onlyOfC.has(flag);
    return [...cxx, ...[...general, ...machine, ...byAuthor[author]].filter((flag) => !cs(flag)), ...own];
  }
  const general = ['-std=gnu17', ...common].filter((flag) => !machine.includes(flag));
  return [...general, ...machine, ...byAuthor[author], ...own];
}
