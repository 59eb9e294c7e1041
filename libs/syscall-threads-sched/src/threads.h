/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib tell one another. */
#ifndef THREADS_H
#define THREADS_H

#include <kraft/sched.h>
#include <kraft/syscall-threads.h>
#include <kraft/thread-signals.h>

struct thread {
    struct thread *next; /* of all that have not ended */
    struct thread **link;
    int id;
    struct kr_sched_thread *scheduled; /* NULL: main's, at first */
    struct kr_thread_signals signals;
    int *cleared; /* zeroed and woken when it ends; NULL: nothing is */
    struct kr_syscall_robust *robust;
    int (*entry)(void *);
    void *argument;
};

struct thread *threads_self(void);

/* futex.c: wakes at most (most) that wait for (word); returns how many. */
int futex_wake(const int *word, int most, uint32_t bits);

/* robust.c: the locks in the list that a thread leaves behind. */
void robust_abandon(struct thread *thread);

#endif
