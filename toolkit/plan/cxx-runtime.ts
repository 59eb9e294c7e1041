// SPDX-License-Identifier: BSD-3-Clause

import {type InterfaceName, interfaceName} from '../base/index.ts';
import {cString} from './c-text.ts';

/** Where `new` of an owner takes memory from; absent: nowhere, so the audit refuses whoever calls it. */
export type Heap = 'alloc' | 'libc';

export interface CxxRuntime {
  /** As panics name it. */
  readonly owner: string;
  readonly heap?: Heap;
  /** Whether the owner may call the scheduler, so that a thread can wait until another has made a static object. */
  readonly threads: boolean;
}

/** The interfaces that the runtime calls. */
export function runtimeNeeds({heap, threads}: Pick<CxxRuntime, 'heap' | 'threads'>): readonly InterfaceName[] {
  const names = ['panic', ...(heap === 'alloc' ? ['alloc'] : []), ...(threads ? ['sched'] : [])];
  return names.map(interfaceName);
}

/** What a function of the runtime does: C for its body. */
type Row = readonly [returns: string, symbol: string, parameters: string, body: string];

/**
 * The C file with what g++ and clang++ call by themselves (Itanium C++ ABI, 2.8, 3.3.2 and 3.3.5), and what headers
 * of the C++ library call where they would throw. Each owner has one of its own, so nothing of it crosses a door.
 *
 * Static objects live as long as the image, so what is to be destroyed at the end is not kept. Weak, because
 * several owners are one program where suites are hosted.
 */
export function cxxRuntime(runtime: CxxRuntime): string {
  const rows = [...ends(runtime), ...guards(runtime), ...deletes(runtime), ...news(runtime)];
  return [
    `/* What C++ calls by itself, for ${runtime.owner}; generated. */`,
    ...runtimeNeeds(runtime).map((name) => `#include <kraft/${name}.h>`),
    '#include <stddef.h>',
    ...(runtime.heap === 'libc'
      ? [
          'void *malloc(size_t size);',
          'void *aligned_alloc(size_t alignment, size_t size);',
          'void free(void *memory);',
        ]
      : []),
    '#define WEAK __attribute__((weak))',
    '',
    ...rows.map(([returns, symbol, parameters]) => `${returns} ${symbol}(${parameters});`),
    'extern void *__dso_handle;',
    'extern const char _ZSt7nothrow;',
    '',
    'WEAK void *__dso_handle;',
    'WEAK const char _ZSt7nothrow = 0;',
    ...rows.map(([returns, symbol, parameters, body]) => `WEAK ${returns} ${symbol}(${parameters})\n{\n${body}}\n`),
  ].join('\n');
}

/** What the runtime of an owner defines who takes memory from the C library. */
export function cxxSymbols(): readonly string[] {
  const runtime: CxxRuntime = {owner: '', heap: 'libc', threads: false};
  const rows = [...ends(runtime), ...guards(runtime), ...deletes(runtime), ...news(runtime)];
  return ['__dso_handle', '_ZSt7nothrow', ...rows.map(([, symbol]) => symbol)];
}

function panic(owner: string, what: string): string {
  return `    kr_panic("%s", ${cString(`${owner}: ${what}`)});\n`;
}

/** What would throw, or must never be called. */
function ends({owner}: CxxRuntime): readonly Row[] {
  const noreturn = 'KR_NORETURN void';
  const plain: readonly (readonly [string, string])[] = [
    ['__cxa_pure_virtual', 'a function was called that is only declared: virtual … = 0'],
    ['__cxa_deleted_virtual', 'a function was called that is deleted'],
    ['__cxa_throw_bad_array_new_length', 'new of an array whose length is no length'],
    ['_ZSt9terminatev', 'std::terminate'],
    ['_ZSt17__throw_bad_allocv', 'std::bad_alloc'],
    ['_ZSt16__throw_bad_castv', 'std::bad_cast'],
    ['_ZSt25__throw_bad_function_callv', 'std::bad_function_call'],
    ['_ZSt28__throw_bad_array_new_lengthv', 'std::bad_array_new_length'],
  ];
  const worded = ['length_error', 'out_of_range', 'logic_error', 'invalid_argument', 'range_error', 'domain_error'];
  return [
    ...plain.map(([symbol, what]): Row => [noreturn, symbol, 'void', panic(owner, what)]),
    ...worded.map((name): Row => {
      const symbol = `_ZSt${name.length + 8}__throw_${name}PKc`;
      const body = `    kr_panic("%s: std::${name}: %s", ${cString(owner)}, what);\n`;
      return [noreturn, symbol, 'const char *what', body];
    }),
    [
      noreturn,
      '_ZSt24__throw_out_of_range_fmtPKcz',
      'const char *what, ...',
      panic(owner, 'std::out_of_range').replace('    ', '    (void)what;\n    '),
    ],
    [
      'int',
      '__cxa_atexit',
      'void (*end)(void *), void *object, void *dso',
      '    (void)end, (void)object, (void)dso;\n    return 0;\n',
    ],
  ];
}

/** The first byte of a guard says that the object is made, the second that somebody is about it. */
function guards({owner, threads}: CxxRuntime): readonly Row[] {
  const busy = threads
    ? '        kr_sched_yield();\n'
    : `    ${panic(owner, 'a static object is used while it is being made')}`;
  return [
    [
      'int',
      '__cxa_guard_acquire',
      'char *guard',
      `    while (__atomic_load_n(guard, __ATOMIC_ACQUIRE) == 0) {\n        if (__atomic_exchange_n(guard + 1, 1, __ATOMIC_ACQUIRE) == 0) {\n            /* Whoever was about it may have made it since it was looked at. */\n            if (__atomic_load_n(guard, __ATOMIC_ACQUIRE) == 0)\n                return 1;\n            __atomic_store_n(guard + 1, 0, __ATOMIC_RELEASE);\n            return 0;\n        }\n${busy}    }\n    return 0;\n`,
    ],
    [
      'void',
      '__cxa_guard_release',
      'char *guard',
      '    __atomic_store_n(guard, 1, __ATOMIC_RELEASE);\n    __atomic_store_n(guard + 1, 0, __ATOMIC_RELEASE);\n',
    ],
    ['void', '__cxa_guard_abort', 'char *guard', '    __atomic_store_n(guard + 1, 0, __ATOMIC_RELEASE);\n'],
  ];
}

/** new, new[], and both for types of more than usual alignment; those with std::nothrow may return NULL. */
function news({owner, heap}: CxxRuntime): readonly Row[] {
  if (heap === undefined) return [];
  const take = (aligned: boolean): string => {
    if (heap === 'alloc') return aligned ? 'kr_alloc_allocate_aligned(alignment, size)' : 'kr_alloc_allocate(size)';
    const up = '(size + alignment - 1) & ~(alignment - 1)';
    return aligned ? `aligned_alloc(alignment, ${up})` : 'malloc(size == 0 ? 1 : size)';
  };
  return ['_Znwm', '_Znam'].flatMap((symbol): readonly Row[] =>
    [false, true].flatMap((aligned): readonly Row[] => {
      const name = `${symbol}${aligned ? 'St11align_val_t' : ''}`;
      const parameters = `size_t size${aligned ? ', size_t alignment' : ''}`;
      const body = `    void *memory = ${take(aligned)};\n\n    if (memory == NULL)\n    ${panic(owner, 'new found no memory')}    return memory;\n`;
      return [
        ['void *', name, parameters, body],
        [
          'void *',
          `${name}RKSt9nothrow_t`,
          `${parameters}, const void *nothrow`,
          `    (void)nothrow;\n    return ${take(aligned)};\n`,
        ],
      ];
    }),
  );
}

/** Every class with a virtual destructor refers to these, whether or not an object is ever deleted. */
function deletes({owner, heap}: CxxRuntime): readonly Row[] {
  const give =
    heap === undefined
      ? `    (void)memory;\n${panic(owner, 'delete, but nothing of it was made by new')}`
      : `    ${heap === 'alloc' ? 'kr_alloc_free' : 'free'}(memory);\n`;
  const more: readonly (readonly [string, string])[] = [
    ['', ''],
    ['m', 'size_t size'],
    ['St11align_val_t', 'size_t alignment'],
    ['mSt11align_val_t', 'size_t size, size_t alignment'],
    ['RKSt9nothrow_t', 'const void *nothrow'],
    ['St11align_val_tRKSt9nothrow_t', 'size_t alignment, const void *nothrow'],
  ];
  return ['_ZdlPv', '_ZdaPv'].flatMap((symbol) =>
    more.map(([suffix, parameters]): Row => {
      const names = parameters.split(', ').flatMap((each) => /\w+$/.exec(each)?.[0] ?? []);
      const unused = names.map((name) => `    (void)${name};\n`).join('');
      const list = parameters === '' ? 'void *memory' : `void *memory, ${parameters}`;
      return ['void', `${symbol}${suffix}`, list, `${unused}${give}`];
    }),
  );
}
