/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls instructions that were written into allocated memory. */
#include <kraft/alloc.h>

int main(void)
{
    volatile unsigned char *code = kr_alloc_allocate(3);

    if (code == NULL)
        return 1;
    code[0] = 0x31; /* xor eax, eax */
    code[1] = 0xc0;
    code[2] = 0xc3; /* ret */
    return ((int (*)(void))(uintptr_t)code)();
}
