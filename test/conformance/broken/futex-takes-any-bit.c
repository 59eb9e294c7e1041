/* SPDX-License-Identifier: BSD-3-Clause */
/* A wake with bits wakes whoever comes first. */
#include <kraft/syscall-threads.h>

long __real_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);
long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);

long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3)
{
    if ((operation & 0x7f) == 10) /* FUTEX_WAKE_BITSET */
        value3 = -1;
    return __real_kr_syscall_futex(word, operation, value, time, other, value3);
}
