/* SPDX-License-Identifier: BSD-3-Clause */
/* A wait takes the word for what it should be. */
#include <kraft/syscall-threads.h>

long __real_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);
long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);

long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3)
{
    if ((operation & 0x7f) == 0) /* FUTEX_WAIT */
        value = *word;
    return __real_kr_syscall_futex(word, operation, value, time, other, value3);
}
