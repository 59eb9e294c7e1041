/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a linker or another file of musl would define, and nobody does: lists of
 * constructors that are empty (the audit refuses those who have any), and no
 * dynamic linking. Each end is where its start is.
 */
#include <stddef.h>

extern void (*const __init_array_start[1])(void);
extern void (*const __init_array_end[1])(void);
extern void (*const __fini_array_start[1])(void);
extern void (*const __fini_array_end[1])(void);
extern const size_t _DYNAMIC[1];

void (*const __init_array_start[1])(void);
void (*const __fini_array_start[1])(void);
extern void (*const __init_array_end[1])(void) __attribute__((__alias__("__init_array_start")));
extern void (*const __fini_array_end[1])(void) __attribute__((__alias__("__fini_array_start")));
const size_t _DYNAMIC[1];
