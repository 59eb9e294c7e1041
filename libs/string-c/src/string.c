/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The four memory functions in portable C: by words where both sides are
 * aligned alike, else by bytes.
 *
 * The compiler must not find memcpy in memcpy: the lib's flags say
 * -fno-tree-loop-distribute-patterns (gcc) and -fno-builtin.
 */
#include <kraft/string.h>

#include <stdbool.h>
#include <stdint.h>

typedef uintptr_t word __attribute__((may_alias));

#define WORD sizeof(word)

static bool aligned_alike(const void *one, const void *other)
{
    return ((uintptr_t)one ^ (uintptr_t)other) % WORD == 0;
}

static void copy_up(unsigned char *to, const unsigned char *from, size_t size)
{
    if (size >= 2 * WORD && aligned_alike(to, from)) {
        for (; (uintptr_t)to % WORD != 0; size--)
            *to++ = *from++;
        for (; size >= WORD; size -= WORD, to += WORD, from += WORD)
            *(word *)(void *)to = *(const word *)(const void *)from;
    }
    for (; size > 0; size--)
        *to++ = *from++;
}

static void copy_down(unsigned char *to, const unsigned char *from, size_t size)
{
    to += size;
    from += size;
    if (size >= 2 * WORD && aligned_alike(to, from)) {
        for (; (uintptr_t)to % WORD != 0; size--)
            *--to = *--from;
        for (; size >= WORD; size -= WORD) {
            to -= WORD;
            from -= WORD;
            *(word *)(void *)to = *(const word *)(const void *)from;
        }
    }
    for (; size > 0; size--)
        *--to = *--from;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    copy_up(to, from, size);
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    if ((uintptr_t)to - (uintptr_t)from >= size)
        copy_up(to, from, size);
    else
        copy_down(to, from, size);
    return to;
}

void *memset(void *memory, int byte, size_t size)
{
    unsigned char *to = memory;
    word pattern = (word)-1 / 255 * (unsigned char)byte;

    if (size >= 2 * WORD) {
        for (; (uintptr_t)to % WORD != 0; size--)
            *to++ = (unsigned char)byte;
        for (; size >= WORD; size -= WORD, to += WORD)
            *(word *)(void *)to = pattern;
    }
    for (; size > 0; size--)
        *to++ = (unsigned char)byte;
    return memory;
}

int memcmp(const void *one, const void *other, size_t size)
{
    const unsigned char *a = one;
    const unsigned char *b = other;

    for (; size > 0; size--, a++, b++) {
        if (*a != *b)
            return *a - *b;
    }
    return 0;
}
