/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * thread-signals: what signals keep of each thread.
 *
 * Cardinality: one provider, that of syscall-threads.
 * Context:     thread context.
 * Failure:     NULL for a thread that there is not.
 * Ownership:   the provider's, as long as the thread lives; the content is that
 *              of the provider of syscall-signals.
 */
#ifndef KRAFT_THREAD_SIGNALS_H
#define KRAFT_THREAD_SIGNALS_H

#include <kraft/base.h>

/* Sets of signals: signal n is bit n - 1. A new thread blocks what its maker
 * does; all else of it is 0. */
struct kr_thread_signals {
    uint64_t blocked;
    uint64_t raised;  /* sent to this thread, and not handled yet */
    uint64_t awaited; /* ends its wait though it is blocked */
    int thread;       /* whose this is; the provider sets it */
    uint32_t stack_flags;
    uintptr_t stack; /* for handlers that want another; sigaltstack */
    size_t stack_size;
};

struct kr_thread_signals *kr_thread_signals_self(void);

/* Of the thread with the id (thread). */
struct kr_thread_signals *kr_thread_signals_of(int thread);

/* The next of all that live, the first after NULL; NULL after the last. */
struct kr_thread_signals *kr_thread_signals_next(const struct kr_thread_signals *before);

/* Ends the wait that the thread is in, or the next one: kr_sched_interrupt. */
void kr_thread_signals_interrupt(const struct kr_thread_signals *of);

#endif
