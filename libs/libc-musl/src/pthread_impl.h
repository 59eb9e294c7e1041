/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Found by musl's own sources in place of their src/internal/pthread_impl.h,
 * which it is but for this: where they map, protect and unmap memory, it is the
 * stack of a thread, and those are kept (stacks.c).
 */
#ifndef LIBC_MUSL_PTHREAD_IMPL_H
#define LIBC_MUSL_PTHREAD_IMPL_H

/* musl compiles its own without these warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wparentheses"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-value"
#include_next "pthread_impl.h"
#pragma GCC diagnostic pop

#include "stacks.h"

#define __mmap libc_musl_stack_map
#define __mprotect libc_musl_stack_protect
#define __munmap libc_musl_stack_unmap

#endif
