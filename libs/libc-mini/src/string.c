/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * string.h (C17 7.24) but for the four functions of the interface `string`.
 * Byte by byte, texts are short here; only memchr, which parsers lean on,
 * takes eight at a time.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Not 0 exactly when a byte of (word) is 0: only then does subtracting 1
 * borrow into a high bit that was clear. */
static uint64_t has_zero(uint64_t word)
{
    return (word - ONES) & ~word & HIGHS;
}

void *memchr(const void *memory, int byte, size_t size)
{
    const unsigned char *p = memory;
    uint64_t eight, pattern = ONES * (unsigned char)byte;
    for (; size >= 8; p += 8, size -= 8) {
        __builtin_memcpy(&eight, p, 8);
        if (has_zero(eight ^ pattern))
            break;
    }
    for (; size > 0; p++, size--)
        if (*p == (unsigned char)byte)
            return (void *)(size_t)p;
    return NULL;
}

size_t strnlen(const char *text, size_t limit)
{
    size_t length = 0;
    while (length < limit && text[length] != '\0')
        length++;
    return length;
}

size_t strlen(const char *text)
{
    return strnlen(text, (size_t)-1);
}

int strncmp(const char *one, const char *other, size_t limit)
{
    for (; limit > 0; one++, other++, limit--)
        if (*one != *other || *one == '\0')
            return (unsigned char)*one - (unsigned char)*other;
    return 0;
}

int strcmp(const char *one, const char *other)
{
    return strncmp(one, other, (size_t)-1);
}

int strncasecmp(const char *one, const char *other, size_t limit)
{
    for (; limit > 0; one++, other++, limit--) {
        int a = tolower((unsigned char)*one), b = tolower((unsigned char)*other);
        if (a != b || a == '\0')
            return a - b;
    }
    return 0;
}

int strcasecmp(const char *one, const char *other)
{
    return strncasecmp(one, other, (size_t)-1);
}

char *strcpy(char *restrict to, const char *restrict from)
{
    return memcpy(to, from, strlen(from) + 1);
}

char *strncpy(char *restrict to, const char *restrict from, size_t size)
{
    size_t length = strnlen(from, size);
    memcpy(to, from, length);
    memset(to + length, 0, size - length);
    return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t limit)
{
    size_t old = strlen(to), length = strnlen(from, limit);
    memcpy(to + old, from, length);
    to[old + length] = '\0';
    return to;
}

char *strcat(char *restrict to, const char *restrict from)
{
    return strncat(to, from, (size_t)-1);
}

char *strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}
