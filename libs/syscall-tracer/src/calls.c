/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The functions that calls come to first, made from the table. Each hands on as
 * many registers as there may be arguments: what a call does not take is
 * ignored by it, and not shown.
 */
#include "calls.h"
#include "tracer.h"

#define WRAP(function, title, words, kind)                                                         \
    static const struct call call_##function = {title, words, kind};                               \
    long __real_kr_syscall_##function(long, long, long, long, long, long);                         \
    long __wrap_kr_syscall_##function(long, long, long, long, long, long);                         \
    long __wrap_kr_syscall_##function(long a, long b, long c, long d, long e, long f)              \
    {                                                                                              \
        const long all[ARGUMENTS] = {a, b, c, d, e, f};                                            \
        struct ongoing one = {.call = &call_##function, .arguments = all};                         \
                                                                                                   \
        tracer_begin(&one);                                                                        \
        long value = __real_kr_syscall_##function(a, b, c, d, e, f);                               \
        tracer_end(&one, value);                                                                   \
        return value;                                                                              \
    }

CALLS(WRAP)

static const struct call call_clone = {CALL_CLONE};
long __real_kr_syscall_clone(long, long, long, long, long, long, long);
long __wrap_kr_syscall_clone(long, long, long, long, long, long, long);

long __wrap_kr_syscall_clone(long a, long b, long c, long d, long e, long f, long g)
{
    const long all[ARGUMENTS] = {a, b, c, d, e, f};
    struct ongoing one = {.call = &call_clone, .arguments = all};

    tracer_begin(&one);
    long value = __real_kr_syscall_clone(a, b, c, d, e, f, g);
    tracer_end(&one, value);
    return value;
}
