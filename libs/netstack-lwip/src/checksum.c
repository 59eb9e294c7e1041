/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ones' complement sum of RFC 1071, folded to 16 bits, in the byte order
 * of memory (section 2(B): it does not matter). Words of 32 bits are added
 * to 64, whose carries are folded in at the end.
 */
#include "arch/cc.h"

#include <string.h>

uint16_t netstack_lwip_sum(const void *bytes, int size)
{
    const unsigned char *at = bytes;
    uint64_t sum = 0;
    for (; size >= 4; at += 4, size -= 4) {
        uint32_t word;
        memcpy(&word, at, 4);
        sum += word;
    }
    if (size > 0) {
        unsigned char rest[4] = {at[0], size > 1 ? at[1] : 0, size > 2 ? at[2] : 0, 0};
        uint32_t word;
        memcpy(&word, rest, 4);
        sum += word;
    }
    sum = (sum >> 32) + (sum & 0xffffffff);
    sum = (sum >> 32) + (sum & 0xffffffff);
    sum = (sum >> 16) + (sum & 0xffff);
    sum = (sum >> 16) + (sum & 0xffff);
    return (uint16_t)((sum >> 16) + (sum & 0xffff));
}
