/* SPDX-License-Identifier: BSD-3-Clause */
/* A time of day is taken for one of the monotonic clock, so it lies far ahead. */
#include <kraft/syscall-threads.h>

long __real_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);
long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);

long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3)
{
    return __real_kr_syscall_futex(word, operation & ~0x100, value, time, other, value3); /* FUTEX_CLOCK_REALTIME */
}
