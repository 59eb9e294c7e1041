/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes below a stack such as a C library maps: a guard, and memory above it. */
#include <kraft/syscall-memory.h>

#define PAGE 4096u
#define PRIVATE_ANONYMOUS 0x22

int main(void)
{
    long start = kr_syscall_mmap(NULL, (size_t)8 * PAGE, 0, PRIVATE_ANONYMOUS, -1, 0);
    volatile char *stack = (volatile char *)start + PAGE;

    if (start < 0 || kr_syscall_mprotect((void *)(start + PAGE), (size_t)7 * PAGE, 3) < 0)
        return 1;
    for (unsigned i = 0; i < 7 * PAGE; i++)
        if (stack[i] != 0)
            return 2;
    stack[-1] = 1;
    return 3;
}
