/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-threads: threads of the process, and futexes, as Linux's calls name
 * them.
 *
 * Cardinality: one provider.
 * Context:     thread context; a futex MAY wait.
 * Failure:     as each call on Linux. The least that a provider has is one
 *              thread; it then returns -KR_EAGAIN for another.
 * Ownership:   a futex is the caller's word of memory.
 */
#ifndef KRAFT_SYSCALL_THREADS_H
#define KRAFT_SYSCALL_THREADS_H

#include <kraft/syscall-time.h>

/* Remembers (cleared), which is written and woken when the thread ends.
 * Returns the thread's id, as gettid does. */
long kr_syscall_set_tid_address(int *cleared);
long kr_syscall_gettid(void);
long kr_syscall_sched_yield(void);

/* FUTEX_WAIT and FUTEX_WAKE; (time) is how long, NULL for ever. */
long kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time);

/* clone for a thread: (entry)(argument) on (stack) with the thread pointer
 * (pointer), Linux's (flags). Returns the thread's id. */
long kr_syscall_clone(int (*entry)(void *), void *stack, int flags, void *argument, int *parent,
                      void *pointer, int *child);

#endif
