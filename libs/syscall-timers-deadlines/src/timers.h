/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib tell one another. */
#ifndef TIMERS_H
#define TIMERS_H

#include <kraft/clock.h>
#include <kraft/deadlines.h>
#include <kraft/signals.h>
#include <kraft/syscall-timers.h>

struct timer {
    struct kr_deadline due; /* first: a deadline is its timer */
    uint64_t interval;   /* nanoseconds; 0: once */
    struct kr_signals_information information; /* signal 0: sends none */
    int thread;          /* 0: the process */
    int overrun;         /* of the signal that was taken last */
    bool used;
    bool wall;           /* CLOCK_REALTIME, for absolute times */
    bool counts;         /* overruns are told */
};

/* run.c */
long timers_set(struct timer *timer, uint64_t due, uint64_t interval);
void timers_stop(struct timer *timer);

/* Nanoseconds until (timer) goes off; 0 where it does not run. */
uint64_t timers_left(const struct timer *timer);

/* Nanoseconds of (seconds) and (part) of which a second has (parts); false where that is no time. */
bool timers_duration(const struct kr_syscall_time *time, uint64_t parts, uint64_t *nanoseconds);
struct kr_syscall_time timers_time(uint64_t nanoseconds, uint64_t parts);

#endif
