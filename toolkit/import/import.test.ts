// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {chooseFiles} from './choose-files.ts';
import {findDefines} from './find-defines.ts';
import {folderOf, publicHeaders} from './find-headers.ts';
import {findLicense} from './find-license.ts';
import {parseOrigin} from './origin.ts';
import {settle} from './settle.ts';
import type {Compiled} from './trial.ts';
import {interfaceYaml, type Library, libYaml} from './write-manifest.ts';

test.each([
  ['deb:zlib', {kind: 'debian', name: 'zlib'}],
  ['npm:@shop/parser@^2', {kind: 'npm', name: '@shop/parser', version: '^2'}],
  ['npm:parser', {kind: 'npm', name: 'parser'}],
  ['https://example.org/a-1.tar.gz', {kind: 'url', url: 'https://example.org/a-1.tar.gz'}],
  ['../parser', {kind: 'folder', path: '../parser'}],
  ['deb:Zlib', 'Expected the name of a Debian source package after deb:, but was "Zlib".'],
  ['npm:', 'Expected the name of an npm package after npm:, but was "".'],
  [
    'ftp://example.org/a',
    'Expected a folder, deb:NAME, npm:NAME or an address of the Web, but was "ftp://example.org/a".',
  ],
])('%s', (text, expected) => {
  const parsed = parseOrigin(text);
  expect(parsed.ok ? parsed.value : parsed.error[0]?.message).toEqual(expected);
});

test('tests, examples, other systems, and what others include are left out', () => {
  const texts = new Map([['src/all.c', '#include "part.c"\n']]);
  const files = [
    'src/all.c',
    'src/part.c',
    'src/file_win32.c',
    'tests/a.c',
    'examples/b.c',
    'src/test_c.c',
    'win32/d.c',
    'README.md',
    'contrib/e.c',
  ];
  expect(chooseFiles(files, texts)).toEqual({
    candidates: ['src/all.c'],
    included: [{file: 'src/part.c', because: 'is included by src/all.c'}],
    leftOut: [
      {file: 'src/file_win32.c', because: 'is for another system'},
      {file: 'tests/a.c', because: 'is a test'},
      {file: 'examples/b.c', because: 'is an example'},
      {file: 'src/test_c.c', because: 'is a test'},
      {file: 'win32/d.c', because: 'is for another system'},
      {file: 'contrib/e.c', because: 'is not maintained by the authors'},
    ],
  });
});

test('a header is looked for where it most likely lies', () => {
  const files = ['tests/a/x.h', 'lib/deep/a/x.h', 'inc/a/x.h', 'y.h'];
  expect([folderOf('a/x.h', files), folderOf('y.h', files), folderOf('z.h', files)]).toEqual(['inc', '.', undefined]);
});

const text = (entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(entries));

test.each([
  [
    'a folder of their own',
    {'include/a/a.h': '', 'src/b.h': '', 'src/a.c': ''},
    {kind: 'folder', folder: 'include', headers: ['a/a.h']},
  ],
  [
    'what a build file installs, and what that includes',
    {'CMakeLists.txt': 'set(A_PUBLIC_HDRS\n  a.h\n)', 'a.h': '#include "conf.h"\n', 'conf.h': '', 'b.h': '', 'a.c': ''},
    {
      kind: 'files',
      headers: [
        {name: 'a.h', from: 'a.h'},
        {name: 'conf.h', from: 'conf.h'},
      ],
    },
  ],
  [
    'what is called as the library is',
    {'a.h': '', 'b.h': '', 'a.c': ''},
    {kind: 'files', headers: [{name: 'a.h', from: 'a.h'}]},
  ],
  [
    'all but internal ones',
    {'x.h': '', 'y_internal.h': '', 'a.c': ''},
    {kind: 'files', headers: [{name: 'x.h', from: 'x.h'}]},
  ],
])('public headers: %s', (_, entries, expected) => {
  const texts = text(entries);
  expect(
    publicHeaders('liba', {
      files: [...texts.keys()],
      texts,
      compiled: [...texts.keys()].filter((file) => file.endsWith('.c')),
    }),
  ).toEqual(expected);
});

test('what a configure script would find is defined, but for what the code defines itself', () => {
  const texts = text({
    'a.c':
      '#ifdef HAVE_UNISTD_H\n#if defined(HAVE_SYS_TYPES_H) && HAVE_SNPRINTF\n#ifdef HAVE_WINDOWS_H\n#if HAVE_OWN\n// HAVE_MALLOC',
    'own.h': '#define HAVE_OWN 1\n',
    'b.c': '#if X\n#define HAVE_GETRANDOM\n#endif\n#ifdef HAVE_GETRANDOM\n',
  });
  const there = {
    headers: new Set(['unistd.h', 'sys/types.h', 'own.h']),
    symbols: new Set(['snprintf', 'own', 'malloc', 'getrandom']),
  };
  expect(findDefines(texts, there)).toEqual(['-DHAVE_SNPRINTF=1', '-DHAVE_SYS_TYPES_H=1', '-DHAVE_UNISTD_H=1']);
});

test.each([
  [
    'a tag in most files',
    {'a.c': '/* SPDX-License-Identifier: Apache-2.0 OR MIT */', LICENSE: 'GNU GENERAL PUBLIC LICENSE\n Version 2'},
    'Apache-2.0 OR MIT',
  ],
  [
    'a file',
    {'a.c': '', COPYING: ' Permission is hereby granted, free of charge,\n to any person obtaining a copy'},
    'MIT',
  ],
  ['a comment', {'a.c': '/*\n * 2. Altered source versions must be\n * plainly marked as such */'}, 'Zlib'],
  ['nothing', {'a.c': 'int a;'}, undefined],
])('the licence by %s', (_, entries, expected) => {
  expect(findLicense(text(entries), ['a.c'])).toBe(expected);
});

const object = (file: string, defines: readonly string[], wants: readonly string[] = []): Compiled => ({
  file,
  defines,
  wants,
  weak: [],
});

test('programs, second definitions and files without hope are left out; what others need stays, unresolved', () => {
  const settled = settle(
    [
      object('tool.c', ['main'], ['a']),
      object('a.c', ['a'], ['malloc', 'b']),
      object('old/a.c', ['a']),
      object('net.c', ['net_open'], ['socket']),
      object('b.c', ['b'], ['missing']),
    ],
    {isKnown: (symbol) => symbol === 'malloc'},
  );
  expect(settled.files).toEqual(['a.c', 'b.c']);
  expect(settled.leftOut).toEqual([
    {file: 'tool.c', because: 'is a program'},
    {file: 'old/a.c', because: 'defines a, which a.c defines too'},
    {file: 'net.c', because: 'wants socket, which no interface has'},
  ]);
  expect([...settled.wants]).toEqual([
    ['malloc', ['a.c']],
    ['missing', ['b.c']],
  ]);
  expect(settled.unresolved).toEqual(['missing']);
});

const library: Library = {
  name: 'shop',
  version: '1.2.0',
  summary: 'shop 1.2, imported.',
  license: 'MIT',
  needs: [{interface: 'libc', range: '^1', because: "it calls malloc's kin"}],
  exports: ['shop_open'],
  source: {name: 'shop', version: '1.2', sha256: 'ab', from: {key: 'local', value: 'shop-1.2.tar'}},
  files: ['src/a.c', 'src/b.c', 'c.c'],
  others: ['src/tool.c', 'd.c'],
  include: ['src'],
  headers: {kind: 'folder', folder: 'include', headers: ['shop.h']},
  flags: ['-DX=1'],
};

test('a file that others include counts by itself where they want what it defines', () => {
  const compiled = [
    {file: 'fast.c', defines: ['fast'], weak: [], wants: ['slow']},
    {file: 'slow.c', defines: ['slow'], weak: [], wants: []},
    {file: 'part.c', defines: ['part'], weak: [], wants: []},
  ];
  const included = new Map(['slow.c', 'part.c'].map((file) => [file, 'is included by fast.c']));
  expect(settle(compiled, {included, isKnown: () => false})).toMatchObject({
    files: ['fast.c', 'slow.c'],
    leftOut: [{file: 'part.c', because: 'is included by fast.c'}],
    unresolved: [],
  });
});

test('headers that a Makefile installs by hand are for others, in the folder of the code', () => {
  const makefile = 'install:\n\t$(INSTALL_DATA) fast.h $(DESTDIR)/include/fast.h\n\t@$(INSTALL_DATA) slow.h there\n';
  const files = ['lib/fast.c', 'lib/fast.h', 'lib/own.h', 'lib/slow.h', 'lib/Makefile'];
  const texts = new Map([['lib/Makefile', makefile]]);
  expect(publicHeaders('fast', {files, texts, compiled: ['lib/fast.c']})).toEqual({
    kind: 'files',
    headers: ['fast.h', 'slow.h'].map((name) => ({name, from: `lib/${name}`})),
  });
});

test('manifests are written as people write them', () => {
  expect(libYaml(library)).toBe(`name: shop
version: 1.2.0
summary: 'shop 1.2, imported.'
license: MIT
provides: {shop: 1.2.0}
needs:
  libc: {version: '^1', because: 'it calls malloc''s kin'}
exports:
  [shop_open]
sources:
  - name: shop
    version: '1.2'
    sha256: ab
    local: shop-1.2.tar
    compile:
      - c.c
      - 'src/*.c'
    exclude:
      - src/tool.c
    include: [src]
    offer: [include]
    flags:
      - -DX=1
`);
  expect(interfaceYaml(library)).toBe(
    "name: shop\nversion: 1.2.0\nsummary: 'shop 1.2, imported.'\ncardinality: one\ncontract: open\n",
  );
});
