// SPDX-License-Identifier: BSD-3-Clause

/** Words of C17 that headers of interfaces use, and what C++ calls them. */
const words: readonly (readonly [string, string])[] = [
  ['_Alignas', 'alignas'],
  ['_Noreturn', '__attribute__((noreturn))'],
  ['_Static_assert', 'static_assert'],
  ['restrict', '__restrict'],
];

/** What the C++ library asks first: which C library it stands on. Here, none, unless there is one. */
export const cxxFeatures = `/* Which C library there is beneath C++; generated. */
#if __has_include_next(<features.h>)
#include_next <features.h>
#endif
#ifndef __GLIBC_PREREQ
#define __GLIBC_PREREQ(major, minor) 0
#endif
`;

/**
 * A header of the same name for C++, to be found before the contract itself: its names are C's, and so is its language
 * as far as the two differ. So contracts need not know of C++.
 */
export function cxxHeader(name: string): string {
  return [
    `/* <${name}> as C++ reads it; generated. */`,
    ...words.flatMap(([c, cxx]) => [`#pragma push_macro("${c}")`, `#undef ${c}`, `#define ${c} ${cxx}`]),
    'extern "C" {',
    `#include_next <${name}>`,
    '}',
    ...words.map(([c]) => `#pragma pop_macro("${c}")`),
    '',
  ].join('\n');
}
