/* SPDX-License-Identifier: BSD-3-Clause */
/* Timers that run, and the thread that lets them go off. */
#include <kraft/sched.h>

#include "timers.h"

static struct {
    struct timer *first;
    struct kr_sched_queue sleep; /* of the thread */
    bool has_thread;
} running;

static void take_out(struct timer *timer)
{
    struct timer **at = &running.first;

    while (*at != NULL && *at != timer)
        at = &(*at)->next;
    if (*at != NULL)
        *at = timer->next;
}

static void put_in(struct timer *timer)
{
    struct timer **at = &running.first;

    while (*at != NULL && (*at)->due <= timer->due)
        at = &(*at)->next;
    timer->next = *at;
    *at = timer;
    if (running.first == timer)
        kr_sched_wake_all_isr(&running.sleep);
}

static void go_off(struct timer *timer, uint64_t now)
{
    struct kr_signals_information information = timer->information;
    uint64_t more = timer->interval == 0 ? 0 : (now - timer->due) / timer->interval;

    take_out(timer);
    timer->due = timer->interval == 0 ? 0 : timer->due + (more + 1) * timer->interval;
    if (timer->due != 0)
        put_in(timer);
    information.user = timer->counts && more < INT32_MAX ? (int)more : 0;
    if (information.signal != 0)
        (void)kr_signals_send(timer->thread, &information, timer->counts ? &timer->overrun : NULL);
}

static void *run(void *argument)
{
    for (;;) {
        uint64_t now = kr_clock_monotonic();
        struct timer *timer = running.first;

        if (timer == NULL || timer->due > now)
            kr_sched_wait(&running.sleep, timer == NULL ? KR_CLOCK_NEVER : timer->due);
        else
            go_off(timer, now);
    }
    return argument;
}

static int need_thread(void)
{
    static const struct kr_sched_attributes attributes = {.name = "timers", .priority = KR_SCHED_PRIORITY_MOST};
    struct kr_sched_thread *thread;

    if (running.has_thread)
        return 0;
    int error = kr_sched_spawn(&thread, run, NULL, &attributes);
    if (error < 0)
        return error;
    kr_sched_detach(thread);
    running.has_thread = true;
    return 0;
}

long timers_set(struct timer *timer, uint64_t due, uint64_t interval)
{
    int error = due == 0 ? 0 : need_thread();

    if (error < 0)
        return error == -KR_ENOMEM ? -KR_EAGAIN : error;
    timers_stop(timer);
    timer->interval = interval;
    timer->due = due;
    if (due != 0)
        put_in(timer);
    return 0;
}

void timers_stop(struct timer *timer)
{
    take_out(timer);
    timer->due = 0;
    if (timer->counts)
        kr_signals_forget(&timer->overrun);
}

uint64_t timers_left(const struct timer *timer)
{
    uint64_t now = kr_clock_monotonic();

    if (timer->due == 0)
        return 0;
    return timer->due > now ? timer->due - now : 1;
}

bool timers_duration(const struct kr_syscall_time *time, uint64_t parts, uint64_t *nanoseconds)
{
    if (time->seconds < 0 || time->nanoseconds < 0 || (uint64_t)time->nanoseconds >= parts)
        return false;
    if ((uint64_t)time->seconds >= KR_CLOCK_NEVER / KR_CLOCK_SECOND / 2)
        *nanoseconds = KR_CLOCK_NEVER / 2;
    else
        *nanoseconds = (uint64_t)time->seconds * KR_CLOCK_SECOND +
                       (uint64_t)time->nanoseconds * (KR_CLOCK_SECOND / parts);
    return true;
}

struct kr_syscall_time timers_time(uint64_t nanoseconds, uint64_t parts)
{
    uint64_t part = KR_CLOCK_SECOND / parts;

    nanoseconds += part - 1; /* what is left is never shown as none */
    return (struct kr_syscall_time){(int64_t)(nanoseconds / KR_CLOCK_SECOND),
                                    (int64_t)(nanoseconds % KR_CLOCK_SECOND / part)};
}
