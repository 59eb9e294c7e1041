// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../../test/rig/project.ts';
import {printPlace} from '../base/index.ts';
import {nodeHost} from '../host/index.ts';
import {compareSurfaces} from './compare-surfaces.ts';
import {readSurface} from './read-surface.ts';
import type {Surface} from './surface.ts';

const compilers = [
  {compiler: 'gcc', dwarf: 4},
  {compiler: 'gcc', dwarf: 5},
  {compiler: 'clang', dwarf: 4},
  {compiler: 'clang', dwarf: 5},
] as const;

type Compiler = (typeof compilers)[number];

const symbols = ['shop_open', 'shop_close', 'shop_sell', 'shop_each', 'shop_table', 'shop_new'];

async function surface(header: string, {compiler, dwarf}: Compiler): Promise<Surface> {
  const {folder} = temporaryProject({'include/shop.h': header});
  const include = path.join(folder, 'include');
  const read = await readSurface(nodeHost(), {
    toolchain: {compiler, cc: `/usr/bin/${compiler}`, include: builtinHeaders(compiler)},
    flags: [],
    include: [include],
    own: [include],
    headers: ['shop.h'],
    symbols,
    name: 'shop',
    dwarf,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function builtinHeaders(compiler: 'gcc' | 'clang'): string {
  const asked = compiler === 'gcc' ? '-print-file-name=include' : '-print-resource-dir';
  const folder = spawnSync(compiler, [asked], {encoding: 'utf8'}).stdout.trim();
  return compiler === 'gcc' ? folder : path.join(folder, 'include');
}

async function changes(before: string, after: string, compiler: Compiler): Promise<readonly string[]> {
  const definedByOthers = new Set(['shop_new']);
  const found = compareSurfaces(await surface(before, compiler), await surface(after, compiler), {definedByOthers});
  return found.map(({bump, message, at}) => {
    const place = at === undefined ? '' : ` (${path.basename(printPlace(at))})`;
    return `${bump}: ${message}${place}`;
  });
}

const before = `#ifndef SHOP_H
#define SHOP_H
#include <stddef.h>
#define SHOP_ITEMS 16
#define SHOP_MASK(n) ((n) & 15)
#define SHOP_OLD 1
#define SHOP_AT(a, b) ((a) + (b))
enum shop_state { SHOP_SHUT, SHOP_OPEN, SHOP_ON_FIRE };
typedef unsigned short shop_count;
struct shop_part { char tag; int value; };
union shop_any { int number; char bytes[8]; };
struct shop {
    int till;
    char *name;
    unsigned open : 1;
    unsigned lit : 1;
    struct shop_part part;
    int (*visit)(struct shop *shop, int who);
};
struct shop_gone { int x; };
struct shop_hidden;
typedef struct { int left; int right; } shop_pair;
/* shop_open(x) opens. */
int shop_open(const struct shop *shop, size_t count);
void shop_close(struct shop *shop);
int shop_sell(struct shop *shop, shop_count count);
void shop_each(int (*visit)(void *, const char *), void *with);
extern const struct shop *const shop_table[];
static inline int shop_twice(int x) { return 2 * x; }
#endif
`;

const after = `#ifndef SHOP_H
#define SHOP_H
#include <stddef.h>
#define SHOP_ITEMS 32
#define SHOP_MASK(n) ((n) & 31)
#define SHOP_NEW 1
#define SHOP_AT(a) (a)
enum shop_state { SHOP_SHUT, SHOP_LIT, SHOP_OPEN };
typedef unsigned int shop_count;
struct shop_part { int value; char tag; };
union shop_any { int number; char bytes[8]; long wide; };
struct shop {
    long till;
    char *name;
    unsigned open : 2;
    struct shop_part part;
    int (*visit)(struct shop *shop);
    int added;
};
struct shop_hidden { int x; };
typedef struct { int left; int right; } shop_pair;

int shop_open(struct shop *shop, size_t count);
int shop_sell(struct shop *shop, shop_count count);
void shop_each(int (*visit)(void *, const char *), void *with);
extern struct shop *const shop_table[];
static inline int shop_twice(long x) { return 2 * (int)x; }
int shop_new(void);
#endif
`;

const expected = [
  'major: shop_open is declared as `int shop_open(struct shop *, size_t)`, and was `int shop_open(const struct shop *, size_t)` (shop.h:23:5)',
  'major: the function shop_close is gone (shop.h:25:6)',
  'major: shop_sell is declared as `int shop_sell(struct shop *, shop_count)`, and was `int shop_sell(struct shop *, shop_count)` (shop.h:24:5)',
  'major: shop_twice is declared as `int shop_twice(long)`, and was `int shop_twice(int)` (shop.h:27:19)',
  'major: the function shop_new is new, which providers of the older version do not define (shop.h:28:5)',
  'major: shop_table is declared as `struct shop *const shop_table[]`, and was `const struct shop *const shop_table[]`',
  'major: struct shop_part has the member tag at byte 4, which was at byte 0 (shop.h:10:36)',
  'major: struct shop_part has the member value at byte 0, which was at byte 4 (shop.h:10:24)',
  'major: union shop_any has a new member wide at byte 0 (shop.h:11:50)',
  'major: struct shop has the member `long till`, which was `int till` (shop.h:13:10)',
  'major: struct shop has the member open of 2 bits, which was of 1 bit (shop.h:15:14)',
  'major: struct shop no longer has the member lit (shop.h:12:8)',
  'major: struct shop has the member `int (*visit)(struct shop *)`, which was `int (*visit)(struct shop *, int)` (shop.h:17:11)',
  'major: struct shop has a new member added at byte 40, so that it has 48 bytes instead of 40 (shop.h:18:9)',
  'major: struct shop_gone is no longer defined (shop.h:20:8)',
  'minor: struct shop_hidden is defined, and was not (shop.h:20:8)',
  'major: the constant SHOP_OPEN is 2, and was 1 (shop.h:8:40)',
  'major: the constant SHOP_ON_FIRE is gone (shop.h:8:41)',
  'minor: the constant SHOP_LIT is new (shop.h:8:30)',
  'major: the type shop_count is unsigned int, and was unsigned short (shop.h:9:22)',
  'major: the macro SHOP_ITEMS is `32`, and was `16` (shop.h:4:9)',
  'patch: the macro SHOP_MASK(n) has another text (shop.h:5:9)',
  'major: the macro SHOP_OLD is gone (shop.h:6:9)',
  'major: the macro SHOP_AT(a) was SHOP_AT(a,b) (shop.h:7:9)',
  'minor: the macro SHOP_NEW is new (shop.h:6:9)',
];

test.each(compilers)('every kind of change is named and has its place: $compiler, DWARF $dwarf', async (compiler) => {
  expect([...(await changes(before, after, compiler))].sort()).toEqual([...expected].sort());
});

const plain = `#ifndef A_H
#define A_H
#define X  1 /* one */
typedef unsigned n;
struct s { int a, b; };
enum { A = 1, B = 2 };
int shop_open(int a, int b);
int shop_close(unsigned a);
int shop_sell(char *a);
#endif
`;

/** Another guard, blanks and comments; another name for a parameter, and one that is const itself; others for a type. */
const respelt = `#ifndef B_H
#define B_H
#define X 1
typedef unsigned n;
struct s { struct { int a, b; }; };
enum { B = 2, A = 1 };
int shop_open(const int a,   int many /* of them */);
int shop_close(n a);
int shop_sell(char a[3]);
#endif
`;

test.each([compilers[1], compilers[3]])(
  'what reads otherwise and means the same breaks nobody: $compiler',
  async (compiler) => {
    expect(await changes(plain, respelt, compiler)).toEqual([]);
  },
);

test('a header with nothing but macros is compared', async () => {
  expect(await changes('#define X 1\n', '#define X 2\n', compilers[1])).toEqual([
    'major: the macro X is `2`, and was `1` (shop.h:1:9)',
  ]);
});

test('a header that does not compile by itself is told, with what the compiler says', async () => {
  await expect(surface('#include <nowhere.h>\n', compilers[1])).rejects.toThrow(
    /The headers of shop do not compile by themselves, so they cannot be compared.*nowhere\.h: No such file/,
  );
});
