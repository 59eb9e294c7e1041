/* SPDX-License-Identifier: BSD-3-Clause */
/* <string.h> as far as lwIP uses it; only this lib sees it. */
#ifndef NETSTACK_LWIP_STRING_H
#define NETSTACK_LWIP_STRING_H

#include <kraft/string.h>

/* So that a constant size becomes a few moves. */
#define memcpy(to, from, size) __builtin_memcpy(to, from, size)
#define memset(memory, byte, size) __builtin_memset(memory, byte, size)
#define memmove(to, from, size) __builtin_memmove(to, from, size)

static inline size_t netstack_lwip_length(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    return length;
}
#define strlen netstack_lwip_length

static inline int netstack_lwip_compare(const char *one, const char *other)
{
    while (*one != '\0' && *one == *other) {
        one++;
        other++;
    }
    return (unsigned char)*one - (unsigned char)*other;
}
#define strcmp netstack_lwip_compare

static inline int netstack_lwip_compare_part(const char *one, const char *other, size_t limit)
{
    for (; limit > 0; one++, other++, limit--)
        if (*one == '\0' || *one != *other)
            return (unsigned char)*one - (unsigned char)*other;
    return 0;
}
#define strncmp netstack_lwip_compare_part

#endif
