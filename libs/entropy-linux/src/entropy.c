/* SPDX-License-Identifier: BSD-3-Clause */
/* getrandom(2): up to 256 bytes come whole; more may come in parts. */
#include <kraft/entropy.h>
#include <kraft/linux.h>

#define EINTR 4

int entropy_linux_start(void);

int kr_entropy_fill(void *buffer, size_t size)
{
    size_t filled = 0;

    while (filled < size) {
        long more = kr_linux_call3(KR_LINUX_GETRANDOM, (uintptr_t)buffer + filled, size - filled, 0);
        if (more == -EINTR)
            continue;
        if (more <= 0) {
            for (size_t i = 0; i < size; i++)
                ((volatile char *)buffer)[i] = 0;
            return -KR_EIO;
        }
        filled += (size_t)more;
    }
    return 0;
}

int entropy_linux_start(void)
{
    char byte;

    return kr_entropy_fill(&byte, 1) < 0 ? -KR_ENODEV : 0;
}
