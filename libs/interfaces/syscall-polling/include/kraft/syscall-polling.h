/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-polling: pipes, events and timers as files, and waiting for many
 * files, as Linux's calls name them.
 *
 * Cardinality: one provider.
 * Context:     thread context; poll, select and epoll_pwait MAY wait.
 * Failure:     as each call on Linux; what fails has changed nothing. A
 *              provider that has none of this returns -KR_ENOSYS; one that
 *              has provides the interface `polling` too.
 * Ownership:   what is passed stays the caller's.
 *
 * Each function is the call that its name ends in (man 2), with its arguments
 * in its order, and flags and structures of Linux's values on x86-64. Older
 * calls are these with flags of 0.
 */
#ifndef KRAFT_SYSCALL_POLLING_H
#define KRAFT_SYSCALL_POLLING_H

#include <kraft/syscall-time.h>

/* pipe2. Flags: O_CLOEXEC, O_NONBLOCK; O_DIRECT is -KR_EINVAL. A pipe holds
 * 65,536 bytes, and writes of up to 4,096 (PIPE_BUF) are not divided. */
long kr_syscall_pipe(int files[2], int flags);

/* eventfd2. Flags: EFD_SEMAPHORE (1), EFD_CLOEXEC, EFD_NONBLOCK. */
long kr_syscall_eventfd(unsigned count, int flags);

/* signalfd4: a file for the signals of (set), or another set for (file), -1 for a
 * new one. Flags: SFD_CLOEXEC, SFD_NONBLOCK. A read takes as many records
 * (struct signalfd_siginfo, 128 bytes) as there are and fit. */
long kr_syscall_signalfd(int file, const uint64_t *set, size_t set_size, int flags);

/* struct itimerspec. */
struct kr_syscall_timer {
    struct kr_syscall_time interval, value;
};

/* Clocks: CLOCK_REALTIME (0), CLOCK_MONOTONIC (1), CLOCK_BOOTTIME (7). Flags of
 * settime: TFD_TIMER_ABSTIME (1); TFD_TIMER_CANCEL_ON_SET (2) is accepted,
 * since no clock is ever set. */
long kr_syscall_timerfd_create(int clock, int flags);
long kr_syscall_timerfd_settime(int file, int flags, const struct kr_syscall_timer *fresh,
                                struct kr_syscall_timer *old);
long kr_syscall_timerfd_gettime(int file, struct kr_syscall_timer *now);

/* struct pollfd. */
struct kr_syscall_poll {
    int32_t file; /* negative: passed over */
    int16_t events, revents;
};

/* (milliseconds) negative: for ever. */
long kr_syscall_poll(struct kr_syscall_poll *items, unsigned long count, int milliseconds);

/* (time) NULL: for ever; what was left of it is written into it. (blocked)
 * are the signals that are blocked meanwhile, NULL: those that are. */
long kr_syscall_ppoll(struct kr_syscall_poll *items, unsigned long count,
                      struct kr_syscall_time *time, const uint64_t *blocked, size_t set_size);

/* struct timeval. */
struct kr_syscall_timeval {
    int64_t seconds, microseconds;
};

/* Sets of descriptors, as many bits as (count), may be NULL. select writes
 * what was left of (time). */
long kr_syscall_select(int count, uint64_t *reading, uint64_t *writing, uint64_t *exceptional,
                       struct kr_syscall_timeval *time);

/* pselect6's last argument. */
struct kr_syscall_blocked {
    const uint64_t *signals; /* or NULL */
    size_t size;
};
long kr_syscall_pselect(int count, uint64_t *reading, uint64_t *writing, uint64_t *exceptional,
                        struct kr_syscall_time *time, const struct kr_syscall_blocked *blocked);

/* struct epoll_event of x86-64, where it has no padding. */
struct kr_syscall_epoll_event {
    uint32_t events;
    uint64_t data;
} __attribute__((__packed__));

/*
 * epoll_create1; EPOLL_CTL_ADD (1), _DEL (2), _MOD (3); epoll_pwait. Levels,
 * edges (EPOLLET) and EPOLLONESHOT are as there; EPOLLEXCLUSIVE and EPOLLWAKEUP
 * are accepted and mean nothing. A wait costs as many steps as files are ready.
 */
long kr_syscall_epoll_create(int flags);
long kr_syscall_epoll_ctl(int set, int operation, int file,
                          const struct kr_syscall_epoll_event *event);
long kr_syscall_epoll_pwait(int set, struct kr_syscall_epoll_event *events, int most,
                            int milliseconds, const uint64_t *blocked, size_t set_size);

#endif
