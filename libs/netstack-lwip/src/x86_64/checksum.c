/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ones' complement sum of RFC 1071, folded to 16 bits, in the byte order
 * of memory: 64 bits at a time, each carry added to the next word, which the
 * ones' complement allows and C cannot say well.
 */
#include "arch/cc.h"

#include <string.h>

struct block {
    unsigned char bytes[32];
};

/* Adds the 32 bytes at (at), and the carry of each addition. */
static inline uint64_t add_32(uint64_t sum, const unsigned char *at)
{
    __asm__("addq 0(%[at]), %[sum]\n\t"
            "adcq 8(%[at]), %[sum]\n\t"
            "adcq 16(%[at]), %[sum]\n\t"
            "adcq 24(%[at]), %[sum]\n\t"
            "adcq $0, %[sum]"
            : [sum] "+r"(sum)
            : [at] "r"(at), "m"(*(const struct block *)at)
            : "cc");
    return sum;
}

static inline uint64_t add(uint64_t sum, uint64_t word)
{
    __asm__("addq %[word], %[sum]\n\tadcq $0, %[sum]" : [sum] "+r"(sum) : [word] "rm"(word) : "cc");
    return sum;
}

uint16_t netstack_lwip_sum(const void *bytes, int size)
{
    const unsigned char *at = bytes;
    uint64_t sum = 0, word = 0;
    for (; size >= 32; at += 32, size -= 32)
        sum = add_32(sum, at);
    for (; size >= 8; at += 8, size -= 8) {
        memcpy(&word, at, 8);
        sum = add(sum, word);
    }
    word = 0;
    if (size & 4) {
        uint32_t four;
        memcpy(&four, at, 4);
        word = four;
        at += 4;
    }
    /* What remains is at even offsets: a sum of its own place in the word. */
    if (size & 2) {
        uint16_t two;
        memcpy(&two, at, 2);
        word += two;
        at += 2;
    }
    if (size & 1)
        word += *at;
    sum = add(sum, word);
    sum = (sum >> 32) + (sum & 0xffffffff);
    sum = (sum >> 32) + (sum & 0xffffffff);
    sum = (sum >> 16) + (sum & 0xffff);
    return (uint16_t)((sum >> 16) + (sum & 0xffff));
}
