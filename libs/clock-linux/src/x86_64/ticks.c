/* SPDX-License-Identifier: BSD-3-Clause */
/* The time stamp counter (Intel SDM 3, 17.17), which Linux lets a process read. */
#include <kraft/clock.h>

uint64_t kr_clock_ticks(void)
{
    uint32_t low;
    uint32_t high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}
