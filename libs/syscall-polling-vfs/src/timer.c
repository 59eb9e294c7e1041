/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * timerfd (man 2 timerfd_create): times that have gone by, as a number to be
 * read.
 */
#include <kraft/alloc.h>
#include <kraft/deadlines.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#include "waiting.h"

#define ABSOLUTE 1      /* TFD_TIMER_ABSTIME */
#define CANCEL_ON_SET 2 /* TFD_TIMER_CANCEL_ON_SET */

struct timer {
    struct kr_deadline due; /* first: a deadline is its timer */
    bool wall;         /* CLOCK_REALTIME */
    uint64_t interval; /* nanoseconds; 0 for once */
    uint64_t expired;  /* times that it went off, not read yet */
    struct kr_vfs_watch *watches;
    struct kr_sched_queue waiters;
};

/* Counts that it was due, and since then until (now). */
static void count(struct timer *timer, uint64_t due, uint64_t now)
{
    uint64_t more = timer->interval == 0 ? 0 : (now - due) / timer->interval;

    uint64_t step = (more + 1) * timer->interval;

    timer->expired += 1 + more;
    if (step == 0)
        kr_deadlines_clear(&timer->due);
    else
        kr_deadlines_set(&timer->due, step > KR_CLOCK_NEVER - due ? KR_CLOCK_NEVER : due + step);
}

/* Counts what has gone by until (now). */
static void advance(struct timer *timer, uint64_t now)
{
    uint64_t due = kr_deadlines_when(&timer->due);

    if (due != 0 && due <= now)
        count(timer, due, now);
}

static void go_off(struct kr_deadline *deadline)
{
    struct timer *timer = (struct timer *)deadline;

    count(timer, deadline->place.key, kr_clock_monotonic());
    kr_sched_wake_all_isr(&timer->waiters);
    kr_vfs_changed(timer->watches, IN);
}

static int64_t timer_read(void *state, void *bytes, size_t length, int flags)
{
    struct timer *timer = state;

    if (length < sizeof(uint64_t))
        return -KR_EINVAL;
    for (;;) {
        advance(timer, kr_clock_monotonic());
        if (timer->expired > 0)
            break;
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return -KR_EAGAIN;
        if (kr_sched_wait_interruptible(&timer->waiters, KR_CLOCK_NEVER) < 0)
            return -KR_EINTR;
    }
    memcpy(bytes, &timer->expired, sizeof(timer->expired));
    timer->expired = 0;
    return sizeof(timer->expired);
}

static int timer_ready(void *state)
{
    struct timer *timer = state;

    advance(timer, kr_clock_monotonic());
    return timer->expired > 0 ? IN : 0;
}

static struct kr_vfs_watch **timer_watches(void *state)
{
    return &((struct timer *)state)->watches;
}

static void timer_close(void *state)
{
    kr_deadlines_clear(&((struct timer *)state)->due);
    kr_alloc_free(state);
}

static const struct kr_vfs_operations operations = {
    .mode = 0600,
    .read = timer_read,
    .ready = timer_ready,
    .close = timer_close,
    .watches = timer_watches,
};

long kr_syscall_timerfd_create(int clock, int flags)
{
    if ((flags & ~(KR_VFS_NON_BLOCKING | KR_VFS_CLOSE_ON_EXEC)) != 0)
        return -KR_EINVAL;
    if (clock != 0 && clock != 1 && clock != 7)
        return -KR_EINVAL;
    int error = kr_deadlines_prepare();
    if (error < 0)
        return error;
    struct timer *timer = kr_alloc_allocate(sizeof(*timer));
    if (timer == NULL)
        return -KR_ENOMEM;
    *timer = (struct timer){.due.passed = go_off, .wall = clock == 0};
    int file = kr_vfs_install(&operations, timer, flags | KR_VFS_READ_WRITE);
    if (file < 0)
        kr_alloc_free(timer);
    return file;
}

static struct kr_syscall_time as_time(uint64_t nanoseconds)
{
    return (struct kr_syscall_time){(int64_t)(nanoseconds / KR_CLOCK_SECOND),
                                    (int64_t)(nanoseconds % KR_CLOCK_SECOND)};
}

static void tell_setting(struct timer *timer, struct kr_syscall_timer *now)
{
    uint64_t time = kr_clock_monotonic();

    advance(timer, time);
    now->interval = as_time(timer->interval);
    uint64_t due = kr_deadlines_when(&timer->due);
    now->value = as_time(due > time ? due - time : 0);
}

/* The timer behind a descriptor, or why there is none. */
static long find(int file, struct timer **timer)
{
    *timer = kr_vfs_state(file, &operations);
    if (*timer != NULL)
        return 0;
    return kr_vfs_description(file) == NULL ? -KR_EBADF : -KR_EINVAL;
}

/* When (value) of the timer's clock is, on the monotonic one. */
static uint64_t moment(const struct timer *timer, uint64_t value, int flags)
{
    if ((flags & ABSOLUTE) == 0)
        return polling_after(value);
    if (!timer->wall)
        return value;
    uint64_t wall = kr_clock_wall();
    return value > wall ? polling_after(value - wall) : 1;
}

long kr_syscall_timerfd_settime(int file, int flags, const struct kr_syscall_timer *fresh,
                                struct kr_syscall_timer *old)
{
    struct timer *timer;
    uint64_t value;
    uint64_t interval;

    if ((flags & ~(ABSOLUTE | CANCEL_ON_SET)) != 0)
        return -KR_EINVAL;
    long error = find(file, &timer);
    if (error < 0)
        return error;
    if (!polling_duration(fresh->value.seconds, fresh->value.nanoseconds, &value) ||
        !polling_duration(fresh->interval.seconds, fresh->interval.nanoseconds, &interval))
        return -KR_EINVAL;
    if (old != NULL)
        tell_setting(timer, old);
    timer->expired = 0;
    timer->interval = interval;
    if (value == 0)
        kr_deadlines_clear(&timer->due);
    else
        kr_deadlines_set(&timer->due, moment(timer, value, flags));
    return 0;
}

long kr_syscall_timerfd_gettime(int file, struct kr_syscall_timer *now)
{
    struct timer *timer;
    long error = find(file, &timer);

    if (error == 0)
        tell_setting(timer, now);
    return error;
}
