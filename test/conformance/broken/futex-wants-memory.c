/* SPDX-License-Identifier: BSD-3-Clause */
/* A wait takes memory, and says what Linux never says where there is none. */
#include <kraft/alloc.h>
#include <kraft/syscall-threads.h>

long __real_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);
long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);

long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3)
{
    if ((operation & 0x7f) != 0) /* FUTEX_WAIT */
        return __real_kr_syscall_futex(word, operation, value, time, other, value3);
    void *waiter = kr_alloc_allocate(64);
    long result = -KR_ENOMEM;
    if (waiter != NULL)
        result = __real_kr_syscall_futex(word, operation, value, time, other, value3);
    kr_alloc_free(waiter);
    return result;
}
