/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * print: text out, formatted or not.
 *
 * Cardinality: one provider.
 * Context:     any, also with interrupts disabled and during a panic.
 * Failure:     none; what no console takes is lost.
 * Ownership:   arguments stay the caller's.
 *
 * The least that a provider does is to lose everything: kr_print_into then
 * makes an empty text.
 */
#ifndef KRAFT_PRINT_H
#define KRAFT_PRINT_H

#include <kraft/base.h>

#include <stdarg.h>

/* Writes (length) bytes to every console. */
void kr_print_write(const char *bytes, size_t length);

/*
 * Writes formatted text to every console. The format is C17's (7.21.6.1)
 * without floating point, wide characters and %n: flags, width, precision,
 * the length modifiers hh h l ll j z t, and d i u x X o c s p %.
 * An unknown conversion is printed as it stands.
 */
void kr_print_format(const char *format, ...) KR_PRINTF(1, 2);
void kr_print_format_list(const char *format, va_list arguments);

/*
 * Formats into (buffer), always ended by a NUL when (size) > 0, as snprintf
 * does (C17 7.21.6.5). Returns the length that the whole text has, which is
 * >= (size) when it was cut.
 */
int kr_print_into(char *buffer, size_t size, const char *format, ...) KR_PRINTF(3, 4);
int kr_print_into_list(char *buffer, size_t size, const char *format, va_list arguments);

#endif
