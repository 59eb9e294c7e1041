/* SPDX-License-Identifier: BSD-3-Clause */
/* What the CPU says of itself (Intel SDM 2A, CPUID). */
#include "proc.h"

#include <kraft/string.h>

#define BRAND 0x80000002u /* and the two behind it: 16 bytes each */

static void cpuid(uint32_t leaf, uint32_t out[4])
{
    __asm__ volatile("cpuid"
                     : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3])
                     : "a"(leaf), "c"(0));
}

void proc_cpuinfo(struct text *text)
{
    uint32_t word[4];
    char vendor[13] = "";
    char brand[49] = "";

    cpuid(0, word);
    memcpy(vendor, &word[1], 4);
    memcpy(vendor + 4, &word[3], 4);
    memcpy(vendor + 8, &word[2], 4);
    cpuid(0x80000000u, word);
    for (uint32_t i = 0; i < 3 && word[0] >= BRAND; i++) {
        uint32_t part[4];

        cpuid(BRAND + i, part);
        memcpy(brand + sizeof(part) * i, part, sizeof(part));
    }
    proc_format(text, "processor\t: 0\nvendor_id\t: %s\nmodel name\t: %s\ncpu cores\t: 1\n\n", vendor,
                brand);
}
