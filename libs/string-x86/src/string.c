/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The four memory functions for x86-64, without vector registers, so that
 * interrupt handlers may call them.
 *
 * Up to 64 bytes are moved by a few loads and stores of which the last
 * overlap the ones before: no loop, and all loads come before the stores, so
 * that the same code serves memmove. Longer ones take the string
 * instructions, which move eight bytes an iteration and, on a real CPU, whole
 * cache lines.
 */
#include <kraft/string.h>

#include <stdbool.h>
#include <stdint.h>

#define SHORT 64u

/* Words in memory, wherever they lie. */
typedef uint64_t word __attribute__((may_alias, aligned(1)));
typedef uint32_t half __attribute__((may_alias, aligned(1)));
typedef uint16_t quarter __attribute__((may_alias, aligned(1)));

static inline void copy_below_16(unsigned char *to, const unsigned char *from, size_t size)
{
    if (size >= 8) {
        word first = *(const word *)(const void *)from;
        word last = *(const word *)(const void *)(from + size - 8);
        *(word *)(void *)to = first;
        *(word *)(void *)(to + size - 8) = last;
    } else if (size >= 4) {
        half first = *(const half *)(const void *)from;
        half last = *(const half *)(const void *)(from + size - 4);
        *(half *)(void *)to = first;
        *(half *)(void *)(to + size - 4) = last;
    } else if (size >= 2) {
        quarter first = *(const quarter *)(const void *)from;
        quarter last = *(const quarter *)(const void *)(from + size - 2);
        *(quarter *)(void *)to = first;
        *(quarter *)(void *)(to + size - 2) = last;
    } else if (size == 1) {
        *to = *from;
    }
}

/* 16 to 32 bytes. */
static inline void copy_to_32(unsigned char *to, const unsigned char *from, size_t size)
{
    const word *a = (const word *)(const void *)from;
    const word *z = (const word *)(const void *)(from + size - 16);
    word a0 = a[0], a1 = a[1], z0 = z[0], z1 = z[1];
    word *ta = (word *)(void *)to;
    word *tz = (word *)(void *)(to + size - 16);

    ta[0] = a0;
    ta[1] = a1;
    tz[0] = z0;
    tz[1] = z1;
}

/* 32 to 64 bytes. */
static inline void copy_to_64(unsigned char *to, const unsigned char *from, size_t size)
{
    const word *a = (const word *)(const void *)from;
    const word *z = (const word *)(const void *)(from + size - 32);
    word a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3];
    word z0 = z[0], z1 = z[1], z2 = z[2], z3 = z[3];
    word *ta = (word *)(void *)to;
    word *tz = (word *)(void *)(to + size - 32);

    ta[0] = a0;
    ta[1] = a1;
    ta[2] = a2;
    ta[3] = a3;
    tz[0] = z0;
    tz[1] = z1;
    tz[2] = z2;
    tz[3] = z3;
}

/* The same where both do not overlap, by fewer registers. */
static inline void copy_apart_to_64(unsigned char *restrict to, const unsigned char *restrict from, size_t size)
{
    for (unsigned i = 0; i < 2; i++) {
        const word *source = (const word *)(const void *)from;
        word *target = (word *)(void *)to;
        word w0 = source[0], w1 = source[1], w2 = source[2], w3 = source[3];

        target[0] = w0;
        target[1] = w1;
        target[2] = w2;
        target[3] = w3;
        from += size - 32;
        to += size - 32;
    }
}

static inline void copy_short(unsigned char *to, const unsigned char *from, size_t size)
{
    if (size < 16)
        copy_below_16(to, from, size);
    else if (size <= 32)
        copy_to_32(to, from, size);
    else
        copy_to_64(to, from, size);
}

/* More than 64 bytes, upwards. The tail is read first: the last whole words
 * may be written over it. */
static inline void copy_up(unsigned char *to, const unsigned char *from, size_t size)
{
    word last = *(const word *)(const void *)(from + size - 8);
    unsigned char *at = to;
    size_t words = size / 8;

    __asm__ volatile("rep movsq" : "+D"(at), "+S"(from), "+c"(words) : : "memory");
    *(word *)(void *)(to + size - 8) = last;
}

/* More than 64 bytes, downwards; string instructions are slow that way. */
static void copy_down(unsigned char *to, const unsigned char *from, size_t size)
{
    while (size >= 32) {
        const word *source = (const word *)(const void *)(from + size - 32);
        word w0 = source[0], w1 = source[1], w2 = source[2], w3 = source[3];
        word *target = (word *)(void *)(to + size - 32);

        target[0] = w0;
        target[1] = w1;
        target[2] = w2;
        target[3] = w3;
        size -= 32;
    }
    copy_short(to, from, size);
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    if (size > SHORT)
        copy_up(to, from, size);
    else if (size > 32)
        copy_apart_to_64(to, from, size);
    else
        copy_short(to, from, size);
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    if (size <= SHORT)
        copy_short(to, from, size);
    else if ((uintptr_t)to - (uintptr_t)from >= size)
        copy_up(to, from, size);
    else
        copy_down(to, from, size);
    return to;
}

void *memset(void *memory, int byte, size_t size)
{
    unsigned char *to = memory;
    uint64_t pattern = UINT64_C(0x0101010101010101) * (unsigned char)byte;
    size_t words = size / 8;

    if (size >= 8) {
        void *at = to;

        *(word *)(void *)(to + size - 8) = pattern;
        __asm__ volatile("rep stosq" : "+D"(at), "+c"(words) : "a"(pattern) : "memory");
    } else if (size >= 4) {
        *(half *)(void *)to = (uint32_t)pattern;
        *(half *)(void *)(to + size - 4) = (uint32_t)pattern;
    } else if (size >= 2) {
        *(quarter *)(void *)to = (uint16_t)pattern;
        *(quarter *)(void *)(to + size - 2) = (uint16_t)pattern;
    } else if (size == 1) {
        *to = (unsigned char)byte;
    }
    return memory;
}

/* Of what differs; the byte in memory first counts most. */
static inline int order(uint64_t x, uint64_t y)
{
    return __builtin_bswap64(x) < __builtin_bswap64(y) ? -1 : 1;
}

static inline word word_at(const unsigned char *memory)
{
    return *(const word *)(const void *)memory;
}

static inline half half_at(const unsigned char *memory)
{
    return *(const half *)(const void *)memory;
}

/* By words, of which the last may overlap the one before. */
int memcmp(const void *one, const void *other, size_t size)
{
    const unsigned char *a = one;
    const unsigned char *b = other;

    if (size >= 8) {
        size_t last = size - 8;
        for (size_t i = 0; i < last; i += 8)
            if (word_at(a + i) != word_at(b + i))
                return order(word_at(a + i), word_at(b + i));
        return word_at(a + last) == word_at(b + last) ? 0 : order(word_at(a + last), word_at(b + last));
    }
    if (size >= 4) {
        size_t last = size - 4;
        if (half_at(a) != half_at(b))
            return order(half_at(a), half_at(b));
        return half_at(a + last) == half_at(b + last) ? 0 : order(half_at(a + last), half_at(b + last));
    }
    for (; size > 0; size--, a++, b++) {
        if (*a != *b)
            return *a - *b;
    }
    return 0;
}
