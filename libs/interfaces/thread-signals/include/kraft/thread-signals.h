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
 * does, and nothing waits for it. */
struct kr_thread_signals {
    uint64_t blocked;
    uint64_t raised; /* sent to this thread, and not handled yet */
};

struct kr_thread_signals *kr_thread_signals_self(void);

/* Of the thread with the id (thread). */
struct kr_thread_signals *kr_thread_signals_of(int thread);

#endif
