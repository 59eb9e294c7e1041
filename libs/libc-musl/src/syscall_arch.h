/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Found by musl's own sources in place of their arch/x86_64/syscall_arch.h:
 * a system call is a call of the function that does it. The number is nearly
 * always constant, so the compiler keeps one case, and the linker keeps the
 * functions that the program can reach. What no case names is absent: ENOSYS,
 * and one line that says so.
 */
#ifndef LIBC_MUSL_SYSCALL_ARCH_H
#define LIBC_MUSL_SYSCALL_ARCH_H

#include "calls.h"

#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)
#define __scc(x) ((long)(x))
#define IPC_64 0

typedef long syscall_arg_t;

static LIBC_MUSL_INLINE long __syscall6(long n, long a, long b, long c, long d, long e, long f)
{
    if (__builtin_constant_p(n))
        return libc_musl_call(n, a, b, c, d, e, f);
    return libc_musl_call_any(n, a, b, c, d, e, f);
}

static LIBC_MUSL_INLINE long __syscall0(long n)
{
    return __syscall6(n, 0, 0, 0, 0, 0, 0);
}

static LIBC_MUSL_INLINE long __syscall1(long n, long a)
{
    return __syscall6(n, a, 0, 0, 0, 0, 0);
}

static LIBC_MUSL_INLINE long __syscall2(long n, long a, long b)
{
    return __syscall6(n, a, b, 0, 0, 0, 0);
}

static LIBC_MUSL_INLINE long __syscall3(long n, long a, long b, long c)
{
    return __syscall6(n, a, b, c, 0, 0, 0);
}

static LIBC_MUSL_INLINE long __syscall4(long n, long a, long b, long c, long d)
{
    return __syscall6(n, a, b, c, d, 0, 0);
}

static LIBC_MUSL_INLINE long __syscall5(long n, long a, long b, long c, long d, long e)
{
    return __syscall6(n, a, b, c, d, e, 0);
}

/* A call at which a thread may be cancelled. musl's declaration of it, later, is then of this function. */
static LIBC_MUSL_INLINE long __syscall_cp(long n, long a, long b, long c, long d, long e, long f)
{
    if (libc_musl_cancelled != NULL) {
        long cancelled = libc_musl_cancelled(n, true);
        if (cancelled != 0)
            return cancelled;
    }
    long result = __syscall6(n, a, b, c, d, e, f);
    if (result == -KR_EINTR && libc_musl_cancelled != NULL && n != SYS_close) {
        long cancelled = libc_musl_cancelled(n, true);
        if (cancelled != 0)
            return cancelled;
    }
    return result;
}

#endif
