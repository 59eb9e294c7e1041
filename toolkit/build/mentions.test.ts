// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {libName} from '../base/index.ts';
import {memoryHost} from '../host/index.ts';
import type {CompileAction} from '../plan/index.ts';
import {buildPaths} from './build-paths.ts';
import {mayDefine} from './may-define.ts';
import {mentions} from './mentions.ts';

const names = (text: string): readonly string[] => [...mentions(text, 'c').names].sort();

test.each([
  ['a function, not what is in it', 'int add(int one) { return helper(one); }', ['add', 'int', 'one']],
  ['an old definition', 'int add(one) int one; { inside(); }', ['add', 'int', 'one']],
  ['data, not its initial value in braces', 'const int table[] = {first, second};', ['const', 'int', 'table']],
  ['an alias', 'weak_alias(here, there);', ['here', 'there', 'weak_alias']],
  ['nothing of comments', '/* one { */ int x; // two {\nint y;', ['int', 'x', 'y']],
  [
    'nothing of characters and braces in strings',
    'void f(void) { g("{", \'{\', "\\"{"); } int y;',
    ['f', 'int', 'void', 'y'],
  ],
  ['assembly at the top', '__asm__(".globl start\\nstart: {");', ['__asm__', 'globl', 'start']],
  [
    'two heads with one body',
    '#if A\nint f(int a) {\n#elif B\nint f(long b) {\n#else\nint f(void) {\n#endif\n  inside();\n}\nint g(void) {}\n',
    ['a', 'b', 'f', 'g', 'int', 'long', 'void'],
  ],
  ['what comes after one brace too many', '#ifdef A\n}\n#endif\nint g;', ['g', 'int']],
  ['not a directive that goes on', '#define F(x) { \\\n  inside(x); \\\n}\nint g;', ['g', 'int']],
])('%s', (_title, text, expected) => {
  expect(names(text)).toEqual(expected);
});

test('assembly may define every name that it has', () => {
  expect([...mentions('.global memcpy\nmemcpy:\n  ret\n', 'assembly').names]).toEqual(['global', 'memcpy', 'ret']);
});

const member = (input: string): CompileAction => ({
  ...{kind: 'compile', owner: libName('tiny'), input, output: `$build/obj/tiny/${input.slice(5)}.o`, language: 'c'},
  ...{flags: [], include: ['$kit/src', '$kit/include'], because: 'a test'},
});

test('macros of a file and of its headers give names, headers themselves none', async () => {
  const host = memoryHost({
    files: {
      '/kit/include/lib.h': '#include <names.h>\nint declared(void);\n',
      '/kit/src/names.h': '#include_next "names.h"\n',
      '/kit/include/names.h': '#define short_name \\\n  long_name\n#define BOTH int first[1]; void second(void)\n',
      '/kit/one.c': '#include <lib.h>\nint short_name(void) { return 0; }\n',
      '/kit/two.c': '#include <lib.h>\n#define plain renamed\nBOTH;\n#include "body.c"\n',
      '/kit/body.c': 'int plain(void) { return declared(); }\n',
    },
  });
  const paths = buildPaths(
    {project: '/project', kit: '/kit', store: '/store', packages: {}},
    {folder: '/project/build', toolchain: {include: '/gcc'}, cwd: '/'},
  );
  const found = await mayDefine(host, {members: [member('$kit/one.c'), member('$kit/two.c')], paths});
  const [one, two] = [['$build/obj/tiny/one.c.o'], ['$build/obj/tiny/two.c.o']];
  const defines = Object.fromEntries(
    ['long_name', 'first', 'second', 'renamed', 'declared'].map((name) => [name, found.get(name)]),
  );
  expect(defines).toEqual({long_name: one, first: two, second: two, renamed: two, declared: undefined});
});
