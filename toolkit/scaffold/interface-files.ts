// SPDX-License-Identifier: BSD-3-Clause

import {type Files, packageFiles} from './package-files.ts';

export interface NewInterface {
  readonly name: string;
  readonly license: string;
  /** The toolkit's version. */
  readonly toolkit: string;
}

/** The files of an interface with one function, which the suite already asks something of, and which its fake fulfils. */
export function interfaceFiles(one: NewInterface): Files {
  const facts = {
    name: one.name,
    version: '0.1.0',
    summary: `What ${one.name} is, in a sentence.`,
    license: one.license,
    keywords: ['interface', one.name],
    files: ['interface.yaml', 'include', 'conformance', 'fake', 'bench'],
    toolkit: one.toolkit,
  };
  return new Map([
    ['interface.yaml', manifest(one)],
    [`include/kraft/${one.name}.h`, header(one)],
    [`conformance/${one.name}.c`, suite(one)],
    ['fake/lib.yaml', fakeManifest(one)],
    ['fake/src/fake.c', fake(one)],
    [`bench/${one.name}.c`, bench(one)],
    ['README.md', readme(one)],
    ...packageFiles(facts),
  ]);
}

function cName(name: string): string {
  return name.replaceAll(/[-.]/g, '_');
}

function manifest({name, license}: NewInterface): string {
  return `# SPDX-License-Identifier: ${license}
name: ${name}
version: 0.1.0
summary: What ${name} is, in a sentence.
cardinality: one
symbols:
  - kr_${cName(name)}_next
`;
}

function header({name, license}: NewInterface): string {
  const guard = `KRAFT_${cName(name).toUpperCase()}_H`;
  return `/* SPDX-License-Identifier: ${license} */
/*
 * ${name}: what it is, in a sentence.
 *
 * Cardinality: one provider.
 * Context:     thread context.
 * Failure:     none.
 * Ownership:   nothing changes hands.
 *
 * This header is the contract: whoever reads it can write a provider, and the
 * suite in conformance/ asks for nothing else.
 */
#ifndef ${guard}
#define ${guard}

#include <kraft/base.h>

/* The number after (number). The largest is followed by 0. */
uint32_t kr_${cName(name)}_next(uint32_t number);

#endif
`;
}

function suite({name, license}: NewInterface): string {
  const call = `kr_${cName(name)}_next`;
  return `/* SPDX-License-Identifier: ${license} */
/* What every provider of ${name} promises. */
#include <kraft/conformance.h>
#include <kraft/${name}.h>

KR_TEST(a_number_is_followed_by_the_next)
{
    for (uint32_t number = 0; number < 1000; number++)
        KR_CHECK(${call}(number) == number + 1);
}

KR_TEST(the_largest_is_followed_by_zero)
{
    KR_CHECK(${call}(UINT32_MAX) == 0);
}

KR_SUITE(&test_a_number_is_followed_by_the_next, &test_the_largest_is_followed_by_zero)
`;
}

function fakeManifest({name, license}: NewInterface): string {
  return `# SPDX-License-Identifier: ${license}
name: ${name}-fake
version: 0.1.0
summary: The plainest ${name}, for tests of those who need one.
license: ${license}
only-by-name: true
provides: {${name}: 0.1.0}
`;
}

function fake({name, license}: NewInterface): string {
  return `/* SPDX-License-Identifier: ${license} */
/* Does what the header says, with nothing behind it. */
#include <kraft/${name}.h>

uint32_t kr_${cName(name)}_next(uint32_t number)
{
    return number + 1;
}
`;
}

function bench({name, license}: NewInterface): string {
  return `/* SPDX-License-Identifier: ${license} */
/*
 * What a provider of ${name} costs: lines \`figure NAME VALUE\`, in ticks of
 * the clock, which counts instructions where QEMU runs with -icount.
 */
#include <kraft/clock.h>
#include <kraft/${name}.h>
#include <kraft/print.h>

#define TURNS 10000u

int main(void)
{
    uint32_t number = 0;
    uint64_t start = kr_clock_ticks();

    for (unsigned i = 0; i < TURNS; i++)
        number = kr_${cName(name)}_next(number);
    uint64_t ticks = kr_clock_ticks() - start;

    kr_print_format("figure next %lu\\n", (unsigned long)((ticks + TURNS / 2) / TURNS));
    return number == TURNS ? 0 : 1;
}
`;
}

function readme({name}: NewInterface): string {
  return `# ${name}

An interface for [kraft-ts](https://www.npmjs.com/package/kraft-ts): \`include/kraft/${name}.h\` is the contract, \`conformance/\` the
suite that each provider passes, \`fake/\` a provider for tests, \`bench/\` what tells providers apart.

\`\`\`sh
npx kraft-ts lib test     # the suite, with every provider that is installed, the fake first
npx kraft-ts lib publish
\`\`\`
`;
}
