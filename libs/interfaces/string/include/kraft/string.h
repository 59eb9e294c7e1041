/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * string: the four memory functions that a compiler may call at any time,
 * also where the source does not (GCC manual, "Language Standards": a
 * freestanding environment provides memcpy, memmove, memset and memcmp).
 *
 * Cardinality: one provider.
 * Context:     any, before the boot table runs included.
 * Failure:     none.
 * Ownership:   arguments stay the caller's.
 */
#ifndef KRAFT_STRING_H
#define KRAFT_STRING_H

#include <stddef.h>

/* C17 7.24.2.1, 7.24.2.2, 7.24.6.1, 7.24.4.1. */
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *memory, int byte, size_t size);
int memcmp(const void *one, const void *other, size_t size);

#endif
