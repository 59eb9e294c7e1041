/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * sched: threads, and waiting.
 *
 * Cardinality: one provider.
 * Context:     thread context, unless a name ends in _isr (any context).
 * Failure:     negative KR_E…; NULL when memory has run out.
 * Ownership:   a thread belongs to whoever spawned it until it is joined or
 *              detached; a queue to whoever declared it.
 *
 * The least that a provider does is run main to its end; it then returns
 * -KR_ENOSYS from kr_sched_spawn, and a wait halts the CPU until the queue
 * is woken.
 *
 * A provider that can spawn also provides the interface `threads`, which is
 * what a lib that spawns needs besides this one. The provider is the only
 * caller of kr_clock_alarm.
 *
 * kr_sched_yield, _sleep and _join MUST be called with interrupts enabled.
 * Threads MAY be spawned, and waits MAY happen, while libs start.
 *
 * Between two calls of this interface a provider MAY switch to another thread
 * (preemption), but only while code of the app runs, never within a lib's: so
 * a lib needs no locks, and what it does between two waits, or two calls of a
 * function of the app's, is atomic to other threads under every provider. An
 * app that needs to be preempted needs the interface `preemption`; one that
 * must not be, for a while, disables interrupts (irq.h).
 *
 * With priorities, a thread runs only while none that is more urgent can. One
 * that becomes able to runs as soon as code of the app does, never within the
 * call that woke or spawned it.
 */
#ifndef KRAFT_SCHED_H
#define KRAFT_SCHED_H

#include <kraft/base.h>

struct kr_sched_thread; /* the provider's */

/* A queue of waiting threads, oldest first. Zero is an empty queue; the
 * fields are the provider's. */
struct kr_sched_queue {
    struct kr_sched_thread *first;
    struct kr_sched_thread *last;
    uintptr_t signalled; /* a wake that found nobody, where the provider
                            keeps those */
};

/* Runs (body), the app's main, as the first thread and returns its result. The platform calls
 * it once. Other threads that still live are abandoned. */
int kr_sched_run(int (*body)(int, char **), int argc, char **argv);

struct kr_sched_attributes {
    const char *name;  /* for messages; lives as long as the thread */
    size_t stack_size; /* bytes at least; 0 is the provider's default */
    int priority;      /* 0 is usual, more is more urgent */
    void *stack_end;   /* a stack of the caller's, from here down, guarded by him; NULL: the provider makes one */
    void *pointer;     /* its thread pointer (thread-pointer.h) */
    void *local;       /* what kr_sched_local returns */
};

/* Priorities beyond these count as the nearest of them. A provider without
 * priorities, which says so by not providing `preemption`, ignores them. Main's
 * is 0. */
#define KR_SCHED_PRIORITY_LEAST (-8)
#define KR_SCHED_PRIORITY_MOST 7

/*
 * Starts a thread that calls (entry)(argument) and ends when it returns.
 * (attributes) may be NULL. Its stack has a guard page at its low end. A stack
 * of the caller's also holds what the provider keeps of the thread; it is the
 * caller's again when the thread has been joined or, once it ended detached,
 * when another thread runs.
 * Returns 0 and the thread, -KR_ENOMEM, or -KR_ENOSYS.
 */
int kr_sched_spawn(struct kr_sched_thread **thread, void *(*entry)(void *), void *argument,
                   const struct kr_sched_attributes *attributes);

/* Waits for (thread) to end, frees it, returns its result in (result) unless
 * NULL. Returns 0, or -KR_EINVAL for oneself or a detached thread. */
int kr_sched_join(struct kr_sched_thread *thread, void **result);

/* The thread frees itself when it ends. */
void kr_sched_detach(struct kr_sched_thread *thread);

/* Ends the calling thread with (result). From main's thread, it ends the
 * instance as `return` from main would, with status 0. */
KR_NORETURN void kr_sched_exit(void *result);

struct kr_sched_thread *kr_sched_self(void);
const char *kr_sched_name(const struct kr_sched_thread *thread);

/* The thread pointer of the calling thread, which has set it, is (pointer) from
 * now on: a provider with threads sets it whenever it lets this one run. */
void kr_sched_keep_pointer(void *pointer);

/* A word of each thread's for the layer that makes system calls of threads;
 * NULL for a thread that was not given one. */
void *kr_sched_local(void);

/* Lets every other thread that can run go first, those less urgent apart. */
void kr_sched_yield(void);

/*
 * Waits in (queue) until woken, or until the monotonic time (deadline),
 * KR_CLOCK_NEVER for none. Returns 0 when woken, -KR_ETIMEDOUT.
 *
 * To wait for a condition that an interrupt handler brings about, disable
 * interrupts, look, wait with them disabled, look again: the provider
 * enables them once the thread is in the queue, and returns with them as
 * they were.
 */
int kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline);

/*
 * As kr_sched_wait, and -KR_EINTR where kr_sched_interrupt ended it: for waits
 * that a user may want to end, since a signal came. An interruption that finds
 * the thread doing something else is kept, and ends its next such wait.
 */
int kr_sched_wait_interruptible(struct kr_sched_queue *queue, uint64_t deadline);
void kr_sched_interrupt(struct kr_sched_thread *thread);

/*
 * From now on (deliver) is called in a thread for which an interruption is kept,
 * where code of the app is preempted in it: between two of its instructions,
 * and they see nothing of it but what (deliver) does, which MAY wait, or never
 * return. A provider that does not preempt never calls it.
 */
void kr_sched_on_interruption(void (*deliver)(void));

/* Forgets the interruption that is kept for the calling thread, if there is one. */
void kr_sched_uninterrupt(void);

/* Sleeps until the monotonic time (deadline). */
void kr_sched_sleep(uint64_t deadline);

/* Wakes the oldest waiter, or all of them. Returns how many were woken. Does
 * not switch to them. Any context: interrupt handlers may call these. */
unsigned kr_sched_wake_one_isr(struct kr_sched_queue *queue);
unsigned kr_sched_wake_all_isr(struct kr_sched_queue *queue);

#endif
