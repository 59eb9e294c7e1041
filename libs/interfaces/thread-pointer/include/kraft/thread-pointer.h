/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * thread-pointer: the register through which compiled code finds what belongs
 * to its thread: FS on x86-64.
 *
 * Cardinality: one provider.
 * Context:     thread context.
 * Failure:     none.
 * Ownership:   what it points to stays the caller's.
 *
 * Nobody else sets it. A scheduler that gives threads pointers of their own
 * saves and sets it when it switches.
 */
#ifndef KRAFT_THREAD_POINTER_H
#define KRAFT_THREAD_POINTER_H

#include <kraft/base.h>

/* Sets the thread pointer of the running CPU. */
void kr_thread_pointer_set(void *pointer);
void *kr_thread_pointer_get(void);

#endif
