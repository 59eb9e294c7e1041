/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * timerfd (man 2 timerfd_create): times that have gone by, as a number to be
 * read. Timers that run are in one list, soonest first; a thread, made with
 * the first timer, sleeps until that one is due and tells who waits for it.
 */
#include <kraft/alloc.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#include "waiting.h"

#define ABSOLUTE 1      /* TFD_TIMER_ABSTIME */
#define CANCEL_ON_SET 2 /* TFD_TIMER_CANCEL_ON_SET */

struct timer {
    bool wall;         /* CLOCK_REALTIME */
    uint64_t due;      /* monotonic; 0 where it does not run */
    uint64_t interval; /* nanoseconds; 0 for once */
    uint64_t expired;  /* times that it went off, not read yet */
    struct kr_vfs_watch *watches;
    struct kr_sched_queue waiters;
    struct timer *next; /* in the list, where it runs */
};

static struct {
    struct timer *first;
    struct kr_sched_queue sleep; /* of the thread */
    bool has_thread;
} timers;

static void take_out(struct timer *timer)
{
    struct timer **at = &timers.first;

    while (*at != NULL && *at != timer)
        at = &(*at)->next;
    if (*at != NULL)
        *at = timer->next;
}

static void put_in(struct timer *timer)
{
    struct timer **at = &timers.first;

    while (*at != NULL && (*at)->due <= timer->due)
        at = &(*at)->next;
    timer->next = *at;
    *at = timer;
    if (timers.first == timer)
        kr_sched_wake_all_isr(&timers.sleep);
}

/* Counts what has gone by until (now). */
static void advance(struct timer *timer, uint64_t now)
{
    if (timer->due == 0 || timer->due > now)
        return;
    take_out(timer);
    uint64_t more = timer->interval == 0 ? 0 : (now - timer->due) / timer->interval;
    timer->expired += 1 + more;
    timer->due = timer->interval == 0 ? 0 : timer->due + (more + 1) * timer->interval;
    if (timer->due != 0)
        put_in(timer);
}

static void *go_off(void *argument)
{
    for (;;) {
        uint64_t now = kr_clock_monotonic();
        struct timer *timer = timers.first;

        if (timer == NULL || timer->due > now) {
            kr_sched_wait(&timers.sleep, timer == NULL ? KR_CLOCK_NEVER : timer->due);
            continue;
        }
        advance(timer, now);
        kr_sched_wake_all_isr(&timer->waiters);
        kr_vfs_changed(timer->watches, IN);
    }
    return argument;
}

static int need_thread(void)
{
    static const struct kr_sched_attributes attributes = {.name = "timerfd"};
    struct kr_sched_thread *thread;

    if (timers.has_thread)
        return 0;
    int error = kr_sched_spawn(&thread, go_off, NULL, &attributes);
    if (error < 0)
        return error;
    kr_sched_detach(thread);
    timers.has_thread = true;
    return 0;
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
    take_out(state);
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
    int error = need_thread();
    if (error < 0)
        return error;
    struct timer *timer = kr_alloc_allocate(sizeof(*timer));
    if (timer == NULL)
        return -KR_ENOMEM;
    *timer = (struct timer){.wall = clock == 0};
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
    now->value = as_time(timer->due > time ? timer->due - time : 0);
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
    take_out(timer);
    timer->expired = 0;
    timer->interval = interval;
    timer->due = value == 0 ? 0 : moment(timer, value, flags);
    if (timer->due != 0)
        put_in(timer);
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
