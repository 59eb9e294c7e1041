/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System calls whose number is known only when they run, as syscall(2) has
 * them: whoever reaches this links all that there are. And those that nobody
 * does.
 */
#include "calls.h"

#include <kraft/print.h>

#define NUMBERS 512

long (*libc_musl_cancelled)(long n, bool acts);

static uint64_t told[NUMBERS / 64];

long libc_musl_absent(long number, const char *name)
{
    unsigned long one = (unsigned long)number % NUMBERS;
    uint64_t bit = UINT64_C(1) << (one % 64);

    if ((told[one / 64] & bit) != 0)
        return -KR_ENOSYS;
    told[one / 64] |= bit;
    kr_print_format("libc-musl: the system call %s (%ld) is not there: ENOSYS, at 0x%016lx\n", name,
                    number, (unsigned long)(uintptr_t)__builtin_return_address(0));
    return -KR_ENOSYS;
}

long libc_musl_call_any(long n, long a, long b, long c, long d, long e, long f)
{
    return libc_musl_call(n, a, b, c, d, e, f);
}
