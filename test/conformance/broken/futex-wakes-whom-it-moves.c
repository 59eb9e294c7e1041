/* SPDX-License-Identifier: BSD-3-Clause */
/* A requeue wakes those that it should move: the thundering herd that it is there to avoid. */
#include <kraft/syscall-threads.h>

long __real_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);
long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3);

long __wrap_kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time, int *other,
                             int value3)
{
    int moved = (int)(uintptr_t)time;

    if ((operation & 0x7f) == 4 && moved > 0) /* FUTEX_CMP_REQUEUE */
        return __real_kr_syscall_futex(word, 1, value + moved, NULL, NULL, 0);
    return __real_kr_syscall_futex(word, operation, value, time, other, value3);
}
