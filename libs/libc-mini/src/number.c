/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text to integers (C17 7.22.1) and small arithmetic. One function reads a
 * magnitude and a sign; each strto… then fits it into its own range.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

struct magnitude {
    unsigned long long value;
    bool negative;
    bool overflow;
};

static int digit_of(char c)
{
    if (isdigit((unsigned char)c))
        return c - '0';
    if (isalpha((unsigned char)c))
        return tolower((unsigned char)c) - 'a' + 10;
    return INT_MAX;
}

static struct magnitude read_magnitude(const char *text, char **end, int base)
{
    struct magnitude m = {0, false, false};
    const char *p = text, *stop = text;
    while (isspace((unsigned char)*p))
        p++;
    if (*p == '+' || *p == '-')
        m.negative = *p++ == '-';
    bool hex = p[0] == '0' && (p[1] == 'x' || p[1] == 'X') && digit_of(p[2]) < 16;
    if ((base == 0 || base == 16) && hex) {
        p += 2;
        base = 16;
    }
    if (base == 0)
        base = *p == '0' ? 8 : 10;
    for (; digit_of(*p) < base; stop = ++p) {
        m.overflow |= __builtin_mul_overflow(m.value, (unsigned)base, &m.value);
        m.overflow |= __builtin_add_overflow(m.value, (unsigned)digit_of(*p), &m.value);
    }
    if (end)
        *end = (char *)(size_t)stop; /* C17 7.22.1.4: a const is lost */
    if (m.overflow)
        errno = ERANGE;
    return m;
}

unsigned long long strtoull(const char *restrict text, char **restrict end, int base)
{
    struct magnitude m = read_magnitude(text, end, base);
    if (m.overflow)
        return ULLONG_MAX;
    return m.negative ? -m.value : m.value;
}

long long strtoll(const char *restrict text, char **restrict end, int base)
{
    struct magnitude m = read_magnitude(text, end, base);
    unsigned long long limit = (unsigned long long)LLONG_MAX + m.negative;
    if (m.overflow || m.value > limit) {
        errno = ERANGE;
        return m.negative ? LLONG_MIN : LLONG_MAX;
    }
    return (long long)(m.negative ? -m.value : m.value);
}

_Static_assert(sizeof(long) == sizeof(long long), "long is as long as long long");

unsigned long strtoul(const char *restrict text, char **restrict end, int base)
{
    return strtoull(text, end, base);
}

long strtol(const char *restrict text, char **restrict end, int base)
{
    return strtoll(text, end, base);
}

int atoi(const char *text)
{
    return (int)strtoll(text, NULL, 10);
}

long atol(const char *text)
{
    return strtoll(text, NULL, 10);
}

long long atoll(const char *text)
{
    return strtoll(text, NULL, 10);
}

int abs(int number)
{
    return number < 0 ? -number : number;
}

long labs(long number)
{
    return number < 0 ? -number : number;
}

long long llabs(long long number)
{
    return number < 0 ? -number : number;
}

static unsigned long long seed = 1;

void srand(unsigned value)
{
    seed = value;
}

/* A linear congruential generator (Knuth, MMIX), its upper bits. */
int rand(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)(seed >> 33);
}
