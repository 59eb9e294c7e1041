/* SPDX-License-Identifier: BSD-3-Clause */
/* Stacks of threads, guards and all. */
#ifndef LIBC_MUSL_STACKS_H
#define LIBC_MUSL_STACKS_H

#include <stddef.h>

/* As mmap, mprotect and munmap, as pthread_create calls them in this order:
 * for all of a stack, for what lies above its guard, for all again. */
void *libc_musl_stack_map(void *address, size_t size, int protection, int flags, int file, long offset);
int libc_musl_stack_protect(void *start, size_t size, int protection);
int libc_musl_stack_unmap(void *base, size_t size);

/* Unmaps the stack that the calling thread stands on, once it has ended. */
void libc_musl_stack_leave(void *base, size_t size);

#endif
