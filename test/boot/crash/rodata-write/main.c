/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to a constant. */
#include <stdint.h>

static const int constant[] = {1, 2, 3};

static const int *volatile hidden = constant;

int main(void)
{
    *(volatile int *)(uintptr_t)hidden = 2;
    return *hidden;
}
