/* SPDX-License-Identifier: BSD-3-Clause */
/* getrandom(2). There is no pool, so GRND_RANDOM and the like ask the same. */
#include <kraft/entropy.h>
#include <kraft/syscall-random.h>

#define FLAGS 7u /* GRND_NONBLOCK, GRND_RANDOM, GRND_INSECURE */

long kr_syscall_getrandom(void *bytes, size_t length, unsigned flags)
{
    if ((flags & ~FLAGS) != 0)
        return -KR_EINVAL;
    int error = kr_entropy_fill(bytes, length);
    return error < 0 ? error : (long)length;
}
