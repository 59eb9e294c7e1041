/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-threads: threads of the process, and futexes, as Linux's calls name
 * them.
 *
 * Cardinality: one provider.
 * Context:     thread context; a futex MAY wait.
 * Failure:     as each call on Linux. The least that a provider has is one
 *              thread; it then returns -KR_EAGAIN for another.
 * Ownership:   a futex is the caller's word of memory; a thread's stack is the
 *              caller's of clone.
 *
 * Each function is the call that its name ends in (man 2).
 */
#ifndef KRAFT_SYSCALL_THREADS_H
#define KRAFT_SYSCALL_THREADS_H

#include <kraft/syscall-time.h>

/* Remembers (cleared), which is zeroed and woken when the thread ends.
 * Returns the thread's id, as gettid does. */
long kr_syscall_set_tid_address(int *cleared);
long kr_syscall_gettid(void);
long kr_syscall_sched_yield(void);

/*
 * Waits and wakes (futex(2)): WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAKE_OP and the
 * two with a bit set; those that inherit priorities are -KR_ENOSYS. (time) is
 * how long, or until when for WAIT_BITSET, NULL for ever; or a number, where
 * the operation has two. The oldest waiters are woken and moved first; those
 * that are moved come after those that wait there. None of it takes memory.
 */
long kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time,
                      int *other, int value3);

/* clone for a thread: (entry)(argument) on the stack that ends at (stack), with
 * the thread pointer (pointer) and Linux's (flags). (stack) also holds what is
 * kept of the thread. Returns the thread's id. */
long kr_syscall_clone(int (*entry)(void *), void *stack, int flags, void *argument, int *parent,
                      void *pointer, int *child);

/* There is one CPU, so every command is done, and nothing has to be. */
long kr_syscall_membarrier(int command, unsigned flags);

/* exit: the calling thread ends. The last one's end is that of the process. */
KR_NORETURN void kr_syscall_exit_thread(int status);

/* A thread's list of locks that are to be found abandoned when it ends without
 * letting them go: struct robust_list_head. */
struct kr_syscall_robust {
    struct kr_syscall_robust *next; /* ends where it begins */
    long offset;                    /* of the futex word behind an entry */
    struct kr_syscall_robust *pending;
};
long kr_syscall_set_robust_list(struct kr_syscall_robust *list, size_t size);
long kr_syscall_get_robust_list(int thread, struct kr_syscall_robust **list, size_t *size);

#endif
