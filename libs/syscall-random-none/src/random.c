/* SPDX-License-Identifier: BSD-3-Clause */
/* Absence. */
#include <kraft/syscall-random.h>

long kr_syscall_getrandom(void *bytes, size_t length, unsigned flags)
{
    (void)bytes, (void)length, (void)flags;
    return -KR_ENOSYS;
}
