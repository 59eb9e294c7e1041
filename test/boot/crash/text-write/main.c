/* SPDX-License-Identifier: BSD-3-Clause */
/* Patches its own code. */
#include <stdint.h>

int main(void)
{
    volatile char *code = (volatile char *)(uintptr_t)main;

    *code = (char)0x90;
    return 0;
}
