/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * strcspn (C17 7.24.5.3), and strchrnul, which is strchr's. Of one or two bytes,
 * as it nearly always is, by the vectors of until.S; of more, by a set.
 */
#include <stdint.h>
#include <string.h>

#define WORD 64u /* bits */

size_t libc_musl_until(const char *text, int one, int other);
char *__strchrnul(const char *text, int byte);
char *strchrnul(const char *text, int byte) __attribute__((__weak__, __alias__("__strchrnul")));

static __attribute__((__noinline__)) size_t until_any(const char *text, const unsigned char *reject)
{
    uint64_t set[256 / WORD] = {1}; /* a bit for each byte; 0 ends the text */
    const unsigned char *at = (const unsigned char *)text;

    for (; *reject != '\0'; reject++)
        set[*reject / WORD] |= UINT64_C(1) << (*reject % WORD);
    while ((set[*at / WORD] >> (*at % WORD) & 1) == 0)
        at++;
    return (size_t)((const char *)at - text);
}

size_t strcspn(const char *text, const char *reject)
{
    if (reject[0] == '\0' || reject[1] == '\0')
        return libc_musl_until(text, reject[0], reject[0]);
    if (reject[2] == '\0')
        return libc_musl_until(text, reject[0], reject[1]);
    return until_any(text, (const unsigned char *)reject);
}

char *__strchrnul(const char *text, int byte)
{
    return (char *)(uintptr_t)(text + libc_musl_until(text, byte, byte));
}
