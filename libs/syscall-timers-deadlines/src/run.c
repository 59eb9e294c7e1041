/* SPDX-License-Identifier: BSD-3-Clause */
/* Timers that run. */
#include "timers.h"

static void go_off(struct kr_deadline *deadline)
{
    struct timer *timer = (struct timer *)deadline;
    struct kr_signals_information information = timer->information;
    uint64_t due = deadline->place.key;
    uint64_t more = timer->interval == 0 ? 0 : (kr_clock_monotonic() - due) / timer->interval;

    if (timer->interval != 0)
        kr_deadlines_set(deadline, due + (more + 1) * timer->interval);
    information.user = timer->counts && more < INT32_MAX ? (int)more : 0;
    if (information.signal != 0)
        (void)kr_signals_send(timer->thread, &information, timer->counts ? &timer->overrun : NULL);
}

long timers_set(struct timer *timer, uint64_t due, uint64_t interval)
{
    if (due != 0 && kr_deadlines_prepare() < 0)
        return -KR_EAGAIN;
    timers_stop(timer);
    timer->interval = interval;
    timer->due.passed = go_off;
    if (due != 0)
        kr_deadlines_set(&timer->due, due);
    return 0;
}

void timers_stop(struct timer *timer)
{
    kr_deadlines_clear(&timer->due);
    if (timer->counts)
        kr_signals_forget(&timer->overrun);
}

uint64_t timers_left(const struct timer *timer)
{
    uint64_t due = kr_deadlines_when(&timer->due);
    uint64_t now = kr_clock_monotonic();

    if (due == 0)
        return 0;
    return due > now ? due - now : 1;
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
