/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls instructions that lie in data. */
#include <stdint.h>

static volatile unsigned char code[] = {0x31, 0xc0, 0x00}; /* xor eax, eax; and */

int main(void)
{
    code[2] = 0xc3; /* ret */
    return ((int (*)(void))(uintptr_t)code)();
}
