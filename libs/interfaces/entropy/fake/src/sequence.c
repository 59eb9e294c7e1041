/* SPDX-License-Identifier: BSD-3-Clause */
/* SplitMix64 (Steele, Lea, Flood 2014): well mixed, and no secret at all. */
#include "options.h"

#include <kraft/entropy.h>

static uint64_t state = OPT_SEED;

static uint64_t next(void)
{
    uint64_t word = state += UINT64_C(0x9e3779b97f4a7c15);

    word = (word ^ word >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ word >> 27) * UINT64_C(0x94d049bb133111eb);
    return word ^ word >> 31;
}

int kr_entropy_fill(void *buffer, size_t size)
{
    unsigned char *bytes = buffer;

    for (size_t at = 0; at < size; at++)
        bytes[at] = (unsigned char)next();
    return 0;
}
