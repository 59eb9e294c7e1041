/* SPDX-License-Identifier: BSD-3-Clause */
/* A wake of one wakes the second, where there are two. */
#include <kraft/syscall-threads.h>

long __real_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);
long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);

static int elsewhere;

long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3)
{
    if ((operation & 0x7f) != 10 || value != 1) /* FUTEX_WAKE_BITSET */
        return __real_kr_syscall_futex(word, operation, value, time, other, value3);
    /* The oldest goes to the end of its row: away, and back. */
    (void)__real_kr_syscall_futex(word, 3, 0, (const void *)1, &elsewhere, 0);
    long woken = __real_kr_syscall_futex(word, operation, value, time, other, value3);
    if (woken == 0)
        return __real_kr_syscall_futex(&elsewhere, operation, value, time, other, value3);
    (void)__real_kr_syscall_futex(&elsewhere, 3, 0, (const void *)1, word, 0);
    return woken;
}
