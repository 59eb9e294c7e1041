/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * printf's format language (C17 7.21.6.1) for whole numbers, characters,
 * strings and pointers. A conversion is read into a struct, its digits or
 * text found, and then padded, in that order and once for all kinds. What is
 * not known is printed as it stands, for whoever has to find it.
 */
#include "format.h"

#include <kraft/string.h>

#define DIGITS_LIMIT 24u /* 64 bits in base 8, and a prefix */

struct conversion {
    bool left, plus, space, alternate, zero;
    int width;
    int precision; /* -1: none given */
    unsigned size; /* bytes of a number */
};

static __attribute__((noinline)) void put_text(struct sink *sink, const char *text, size_t length)
{
    while (length > 0) {
        size_t room = (size_t)(sink->end - sink->at);
        size_t some = length < room ? length : room;

        if (some == 0) {
            if (sink->flush == NULL) {
                sink->done += length;
                return;
            }
            sink->flush(sink);
            continue;
        }
        memcpy(sink->at, text, some);
        sink->at += some;
        text += some;
        length -= some;
    }
}

static __attribute__((noinline)) void put_many(struct sink *sink, char byte, int count)
{
    while (count-- > 0)
        put_text(sink, &byte, 1);
}

size_t sink_length(const struct sink *sink)
{
    return sink->done + (size_t)(sink->at - sink->first);
}

/* (text) in a field of the conversion's width. */
static __attribute__((noinline)) void put_field(struct sink *sink, const struct conversion *is, const char *text,
                      size_t length)
{
    int padding = length < (size_t)is->width ? is->width - (int)length : 0;

    if (!is->left)
        put_many(sink, ' ', padding);
    put_text(sink, text, length);
    if (is->left)
        put_many(sink, ' ', padding);
}

/* Digits of (value), the last at (end)[-1]. Returns the first. */
static char *digits_of(char *end, uint64_t value, unsigned base, char ten)
{
    while (value != 0) {
        unsigned digit = (unsigned)(value % base);

        *--end = (char)(digit < 10 ? '0' + digit : ten + digit - 10);
        value /= base;
    }
    return end;
}

static __attribute__((noinline)) void put_number(struct sink *sink, const struct conversion *is, uint64_t value,
                       const char *prefix, char kind)
{
    char digits[DIGITS_LIMIT];
    unsigned base = kind == 'o' ? 8 : kind == 'x' || kind == 'X' ? 16 : 10;
    char *first = digits_of(digits + DIGITS_LIMIT, value, base, kind == 'X' ? 'A' : 'a');
    int count = (int)(digits + DIGITS_LIMIT - first);
    int least = is->precision < 0 ? 1 : is->precision;
    int prefix_length = 0;
    int zeros, padding;

    while (prefix[prefix_length] != '\0')
        prefix_length++;
    if (kind == 'o' && is->alternate && least <= count)
        least = count + 1;
    zeros = least > count ? least - count : 0;
    padding = is->width - prefix_length - zeros - count;
    if (is->zero && !is->left && is->precision < 0 && padding > 0) {
        zeros += padding;
        padding = 0;
    }
    if (!is->left)
        put_many(sink, ' ', padding);
    put_text(sink, prefix, (size_t)prefix_length);
    put_many(sink, '0', zeros);
    put_text(sink, first, (size_t)count);
    if (is->left)
        put_many(sink, ' ', padding);
}

static void put_signed(struct sink *sink, const struct conversion *is, int64_t value)
{
    const char *sign = is->plus ? "+" : is->space ? " " : "";
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    put_number(sink, is, magnitude, value < 0 ? "-" : sign, 'd');
}

static void put_string(struct sink *sink, const struct conversion *is, const char *text)
{
    size_t length = 0;

    if (text == NULL)
        text = "(null)";
    while ((is->precision < 0 || length < (size_t)is->precision) && text[length] != '\0')
        length++;
    put_field(sink, is, text, length);
}

static const char *read_flags(struct conversion *is, const char *at)
{
    for (;; at++) {
        switch (*at) {
        case '-':
            is->left = true;
            break;
        case '+':
            is->plus = true;
            break;
        case ' ':
            is->space = true;
            break;
        case '#':
            is->alternate = true;
            break;
        case '0':
            is->zero = true;
            break;
        default:
            return at;
        }
    }
}

static const char *read_count(int *count, const char *at)
{
    *count = 0;
    while (*at >= '0' && *at <= '9') {
        if (*count < 100000)
            *count = *count * 10 + (*at - '0');
        at++;
    }
    return at;
}

static const char *read_length(struct conversion *is, const char *at)
{
    is->size = sizeof(int);
    switch (*at) {
    case 'h':
        is->size = at[1] == 'h' ? sizeof(char) : sizeof(short);
        return at + (at[1] == 'h' ? 2 : 1);
    case 'l':
        is->size = sizeof(long);
        return at + (at[1] == 'l' ? 2 : 1);
    case 'j':
    case 'z':
    case 't':
        is->size = sizeof(intmax_t);
        return at + 1;
    default:
        return at;
    }
}

static int64_t signed_of(int64_t value, unsigned size)
{
    switch (size) {
    case sizeof(char):
        return (signed char)value;
    case sizeof(short):
        return (short)value;
    case sizeof(int):
        return (int)value;
    default:
        return value;
    }
}

static uint64_t unsigned_of(uint64_t value, unsigned size)
{
    return size == sizeof(value) ? value : value & ((UINT64_C(1) << size * 8) - 1);
}

/* What a format's arguments are taken from; a struct, so that its address
 * can be passed on (C17 7.16). */
struct arguments {
    va_list list;
};

/* Prints what (kind) asks for; false: an unknown conversion. */
static bool convert(struct sink *sink, const struct conversion *is, char kind,
                    struct arguments *from)
{
    uint64_t value;
    char byte;

    switch (kind) {
    case 'd':
    case 'i':
        value = is->size == sizeof(int64_t) ? va_arg(from->list, uint64_t)
                                            : (uint64_t)va_arg(from->list, int);
        put_signed(sink, is, signed_of((int64_t)value, is->size));
        return true;
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        value = is->size == sizeof(uint64_t) ? va_arg(from->list, uint64_t)
                                             : va_arg(from->list, unsigned);
        value = unsigned_of(value, is->size);
        put_number(sink, is, value,
                   !is->alternate || value == 0 ? "" : kind == 'x' ? "0x" : kind == 'X' ? "0X" : "",
                   kind);
        return true;
    case 'p':
        put_number(sink, is, (uintptr_t)va_arg(from->list, void *), "0x", 'x');
        return true;
    case 'c':
        byte = (char)va_arg(from->list, int);
        put_field(sink, is, &byte, 1);
        return true;
    case 's':
        put_string(sink, is, va_arg(from->list, const char *));
        return true;
    case '%':
        put_text(sink, "%", 1);
        return true;
    default:
        return false;
    }
}

/* Reads one conversion, from behind its '%'; returns its kind's place. */
static const char *read_conversion(struct conversion *is, const char *at, struct arguments *from)
{
    at = read_flags(is, at);
    if (*at == '*') {
        is->width = va_arg(from->list, int);
        if (is->width < 0) {
            is->left = true;
            is->width = is->width == -2147483647 - 1 ? 0 : -is->width;
        }
        at++;
    } else {
        at = read_count(&is->width, at);
    }
    is->precision = -1;
    if (*at == '.') {
        at++;
        if (*at == '*') {
            is->precision = va_arg(from->list, int);
            at++;
        } else {
            at = read_count(&is->precision, at);
        }
    }
    return read_length(is, at);
}

void format(struct sink *sink, const char *text, va_list arguments)
{
    struct arguments from;

    va_copy(from.list, arguments);
    while (*text != '\0') {
        struct conversion is = {.width = 0};
        const char *kind = text;

        while (*kind != '%' && *kind != '\0')
            kind++;
        put_text(sink, text, (size_t)(kind - text));
        text = kind;
        if (*text == '\0')
            break;
        kind = read_conversion(&is, text + 1, &from);
        if (convert(sink, &is, *kind, &from)) {
            text = kind + 1;
        } else {
            put_text(sink, text, (size_t)(kind - text));
            text = kind;
        }
    }
    va_end(from.list);
}
