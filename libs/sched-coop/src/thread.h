/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A thread, and who may touch what of it.
 *
 * Threads that can run, the running one among them, form a ring. Interrupt
 * handlers touch wait queues and the list of woken threads, nothing else;
 * threads disable interrupts for those two, and have the ring, the timers
 * and all stacks to themselves.
 */
#ifndef SCHED_COOP_THREAD_H
#define SCHED_COOP_THREAD_H

#include "options.h"

#include <kraft/sched.h>

#define NAME_SIZE 24

struct kr_sched_thread {
    void *stack_pointer; /* valid while it does not run */

    /* Its place in the ring, or in the queue that it waits in (ends in NULL),
     * or, next only, in the list of the woken or of kept stacks. */
    struct kr_sched_thread *next;
    struct kr_sched_thread *previous;
    struct kr_sched_queue *queue; /* waits in; NULL: does not wait */
    bool timed_out;               /* why its last wait ended */

    /* Its place among the timers (timers.c). */
    bool timed; /* it has one */
    uint64_t deadline;
    struct kr_sched_thread *child;   /* first of those that are not earlier */
    struct kr_sched_thread *sibling; /* next child of the same parent */
    struct kr_sched_thread **link;   /* what points here */

    void *(*entry)(void *);
    void *argument;
    void *result;               /* valid when it has ended */
    struct kr_sched_queue ends; /* who joins it waits here */
    bool ended;
    bool detached;
    char *memory;       /* guard page, stack, this struct; NULL: main's */
    size_t memory_size; /* bytes of these */
    const char *name;
    char guarded[16 + NAME_SIZE]; /* "stack of thread NAME", for the guard page */
};

struct sched_state {
    struct kr_sched_thread *current; /* the running one */
    volatile bool attention;         /* an interrupt handler left something to do */
    volatile bool rang;              /* the alarm did */
    struct kr_sched_thread *woken;      /* oldest first */
    struct kr_sched_thread *woken_last; /* valid when woken is not NULL */
    volatile uint64_t armed;         /* when the alarm rings; KR_CLOCK_NEVER */
    struct kr_sched_thread *earliest;   /* timer; the root of the heap */
};

extern struct sched_state sched;

/* sched.c */
void ring_insert(struct kr_sched_thread *position, struct kr_sched_thread *thread);
KR_NORETURN void sched_leave(void);

/* timers.c: a heap of threads by deadline. */
void timers_insert(struct kr_sched_thread *thread, uint64_t deadline);
void timers_remove(struct kr_sched_thread *thread);

#endif
