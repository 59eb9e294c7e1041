/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-timers: timers that send signals, as Linux's calls name them.
 *
 * Cardinality: one provider.
 * Context:     thread context.
 * Failure:     as each call on Linux. A provider that has none of this returns
 *              -KR_ENOSYS; one that has provides the interface `timers` too.
 * Ownership:   what is passed stays the caller's.
 *
 * Each function is the call that its name ends in (man 2). CPU time runs as the
 * monotonic clock does. What goes off while an earlier signal of the same timer
 * has not been taken is counted, not sent.
 */
#ifndef KRAFT_SYSCALL_TIMERS_H
#define KRAFT_SYSCALL_TIMERS_H

#include <kraft/syscall-time.h>

/* struct itimerval and struct itimerspec: seconds, and micro- or nanoseconds. */
struct kr_syscall_interval {
    struct kr_syscall_time interval, value;
};

/* ITIMER_REAL (0) sends SIGALRM, ITIMER_VIRTUAL (1) SIGVTALRM, ITIMER_PROF (2)
 * SIGPROF, to the process. */
long kr_syscall_setitimer(int which, const struct kr_syscall_interval *fresh,
                          struct kr_syscall_interval *old);
long kr_syscall_getitimer(int which, struct kr_syscall_interval *now);

/* struct sigevent: SIGEV_SIGNAL (0), SIGEV_NONE (1), SIGEV_THREAD_ID (4), by
 * which a C library makes SIGEV_THREAD. */
struct kr_syscall_event {
    uint64_t value;
    int32_t signal, notify;
    int32_t thread;
};

/* NULL for (event): SIGALRM with the timer's id as its value. The id goes to (timer). */
long kr_syscall_timer_create(int clock, const struct kr_syscall_event *event, int *timer);

/* Flags: TIMER_ABSTIME (1). */
long kr_syscall_timer_settime(int timer, int flags, const struct kr_syscall_interval *fresh,
                              struct kr_syscall_interval *old);
long kr_syscall_timer_gettime(int timer, struct kr_syscall_interval *now);
long kr_syscall_timer_getoverrun(int timer);
long kr_syscall_timer_delete(int timer);

#endif
