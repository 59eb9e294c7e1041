/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-time: clocks and sleep, as Linux's calls name them.
 *
 * Cardinality: one provider.
 * Context:     thread context.
 * Failure:     as each call on Linux: -KR_EINVAL for a clock or a time that
 *              there is not.
 * Ownership:   nothing changes hands.
 *
 * Each function is the call that its name ends in (man 2).
 */
#ifndef KRAFT_SYSCALL_TIME_H
#define KRAFT_SYSCALL_TIME_H

#include <kraft/base.h>

/* struct timespec. */
struct kr_syscall_time {
    int64_t seconds;
    int64_t nanoseconds;
};

long kr_syscall_clock_gettime(int clock, struct kr_syscall_time *now);
long kr_syscall_clock_getres(int clock, struct kr_syscall_time *step);

/* -KR_EINTR where a signal ended it early; what was left of a time that is not
 * absolute is in (left) then, which may be NULL. */
long kr_syscall_clock_nanosleep(int clock, int flags, const struct kr_syscall_time *time,
                                struct kr_syscall_time *left);

#endif
