/* SPDX-License-Identifier: BSD-3-Clause */
/* The clocks of clock_gettime(2), each one of the two that there are. */
#include <kraft/clock.h>
#include <kraft/sched.h>
#include <kraft/syscall-time.h>

#define ABSOLUTE 1 /* TIMER_ABSTIME */
#define SECOND ((int64_t)KR_CLOCK_SECOND)

/* By Linux's number: CLOCK_REALTIME is 0, CLOCK_TAI 11. */
static const enum { NONE, MONOTONIC, WALL } kinds[] = {
    WALL, MONOTONIC, MONOTONIC, MONOTONIC, MONOTONIC, WALL, MONOTONIC, MONOTONIC, WALL, MONOTONIC, NONE, WALL,
};

static unsigned kind_of(int clock)
{
    return clock < 0 || (size_t)clock >= sizeof(kinds) / sizeof(kinds[0]) ? NONE : kinds[clock];
}

long kr_syscall_clock_gettime(int clock, struct kr_syscall_time *now)
{
    unsigned kind = kind_of(clock);

    if (kind == NONE)
        return -KR_EINVAL;
    uint64_t time = kind == WALL ? kr_clock_wall() : kr_clock_monotonic();
    now->seconds = (int64_t)(time / KR_CLOCK_SECOND);
    now->nanoseconds = (int64_t)(time % KR_CLOCK_SECOND);
    return 0;
}

long kr_syscall_clock_getres(int clock, struct kr_syscall_time *step)
{
    if (kind_of(clock) == NONE)
        return -KR_EINVAL;
    if (step != NULL)
        *step = (struct kr_syscall_time){.seconds = 0, .nanoseconds = 1};
    return 0;
}

/* Nanoseconds, and KR_CLOCK_NEVER for what does not fit. */
static uint64_t whole(const struct kr_syscall_time *time)
{
    uint64_t seconds = (uint64_t)time->seconds;

    if (seconds >= KR_CLOCK_NEVER / KR_CLOCK_SECOND)
        return KR_CLOCK_NEVER;
    return seconds * KR_CLOCK_SECOND + (uint64_t)time->nanoseconds;
}

static uint64_t later(uint64_t now, uint64_t by)
{
    return by > KR_CLOCK_NEVER - now ? KR_CLOCK_NEVER : now + by;
}

long kr_syscall_clock_nanosleep(int clock, int flags, const struct kr_syscall_time *time,
                                struct kr_syscall_time *left)
{
    unsigned kind = kind_of(clock);

    struct kr_sched_queue nobody = {0};

    if (kind == NONE || time->seconds < 0 || time->nanoseconds < 0 || time->nanoseconds >= SECOND)
        return -KR_EINVAL;
    uint64_t now = kr_clock_monotonic();
    uint64_t wait = whole(time);
    if ((flags & ABSOLUTE) != 0) {
        uint64_t there = kind == WALL ? kr_clock_wall() : now;
        wait = wait > there ? wait - there : 0;
    }
    uint64_t deadline = later(now, wait);
    if (kr_sched_wait_interruptible(&nobody, deadline) != -KR_EINTR)
        return 0;
    now = kr_clock_monotonic();
    if (left != NULL && (flags & ABSOLUTE) == 0) {
        wait = deadline > now ? deadline - now : 0;
        left->seconds = (int64_t)(wait / KR_CLOCK_SECOND);
        left->nanoseconds = (int64_t)(wait % KR_CLOCK_SECOND);
    }
    return -KR_EINTR;
}
